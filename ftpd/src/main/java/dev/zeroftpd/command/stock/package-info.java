/**
 * What an embedded server answers as Apache FtpServer did: its codes where no RFC has others, and the embedder's texts
 * and languages.
 *
 * <p>It gets finished replies and changes how they are put, whichever command made them; it must not know commands, nor do
 * anything for them. Start reading at {@link dev.zeroftpd.command.stock.StockReplies}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.stock;
