/**
 * What the comparison runs besides the product: stock Apache FtpServer as a peer, and JMH benchmarks of hot pieces.
 *
 * <p>Nothing here is part of the product. The comparison itself is {@code benchmarks/bin/compare}; start reading there.
 */
@NullMarked
package dev.zeroftpd.benchmarks;

import org.jspecify.annotations.NullMarked;
