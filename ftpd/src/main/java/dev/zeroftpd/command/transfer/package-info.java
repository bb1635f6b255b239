/**
 * Downloads and uploads, from the line to the 226.
 *
 * <p>{@link dev.zeroftpd.command.transfer.TransferReplies} is the one table from outcomes to replies. It must not know how a
 * directory is listed. Start reading at {@link dev.zeroftpd.command.transfer.RetrCommand}, then {@link
 * dev.zeroftpd.command.transfer.TransferFlow}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.transfer;
