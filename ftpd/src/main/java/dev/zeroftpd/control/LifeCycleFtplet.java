package dev.zeroftpd.control;

import org.apache.ftpserver.ftplet.Ftplet;

/**
 * An Ftplet that only wants to know when the server starts and stops. It is not called for commands, so those that
 * never block stay on the I/O thread. Apache FtpServer calls it on the thread that starts or stops the server.
 */
public interface LifeCycleFtplet extends Ftplet {}
