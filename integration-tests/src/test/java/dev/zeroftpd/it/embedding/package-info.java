/**
 * Our data path in an application that embeds Apache FtpServer: what its author configured and added goes on working.
 *
 * <p>docs/embedding.md lists the differences that are wanted. Start reading at
 * {@link dev.zeroftpd.it.embedding.EmbeddingIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.embedding;
