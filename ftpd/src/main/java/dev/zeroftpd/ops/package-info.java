/**
 * What an operator sees of the running server: the transfer log.
 *
 * <p>It logs finished transfers and must not influence them. Start reading at {@link dev.zeroftpd.ops.TransferLog}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.ops;
