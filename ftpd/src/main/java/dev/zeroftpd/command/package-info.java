/**
 * The FTP commands that ZeroFTPd answers itself, one class per verb.
 *
 * <p>A command checks its argument, asks {@code storage}, {@code dataconnection} and {@code transfer} for the work and
 * turns the outcome into a reply; {@link dev.zeroftpd.command.transfer.TransferReplies} is the one table from outcomes to
 * replies. It must not know how the server is put together. Start reading at {@link dev.zeroftpd.command.transfer.RetrCommand}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command;
