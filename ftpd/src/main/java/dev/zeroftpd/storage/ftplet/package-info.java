/**
 * What a session sees of its home, and the home as Apache FtpServer's file interfaces show it to Ftplets and stock commands.
 *
 * <p>The only room of {@code storage} that knows both kinds of home. Start reading at {@link
 * dev.zeroftpd.storage.ftplet.SessionFileSystem}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.storage.ftplet;
