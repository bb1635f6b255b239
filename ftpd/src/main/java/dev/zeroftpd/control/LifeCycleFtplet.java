package dev.zeroftpd.control;

import org.apache.ftpserver.ftplet.Ftplet;

/**
 * An Ftplet that only wants to know when the server starts and stops. Because it has no say in any command, commands that
 * never block stay on the I/O thread beside it. Apache FtpServer calls it on the thread that starts or stops the server.
 */
public interface LifeCycleFtplet extends Ftplet {}
