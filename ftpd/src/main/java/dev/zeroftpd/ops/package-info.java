/**
 * What an operator sees of the running server: the transfer log, and few lines for what strangers can cause.
 *
 * <p>It logs what has happened and must not influence them. Start reading at {@link dev.zeroftpd.ops.TransferLog}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.ops;
