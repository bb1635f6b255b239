/**
 * The transfer engine: moves bytes between files and data connections and says truthfully how that ended.
 *
 * <p>It knows files, channels and bytes. It must not know FTP replies, sessions or Apache FtpServer; the caller turns a
 * {@link dev.zeroftpd.transfer.result.TransferResult} into a reply. Start reading at
 * {@link dev.zeroftpd.transfer.TransferEngine}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.transfer;
