/**
 * Virtual paths, confinement to a user's home, and opened files.
 *
 * <p>Everything that a client names becomes a file here and nowhere else: {@link dev.zeroftpd.storage.Storage} resolves
 * and opens, the rest adapts it to Apache FtpServer's file interfaces. It also decides whether an opened file may be sent
 * by {@code sendfile(2)}. It must not know commands, replies or connections. Start reading at
 * {@link dev.zeroftpd.storage.Storage}, then {@code LinuxStorage}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.storage;
