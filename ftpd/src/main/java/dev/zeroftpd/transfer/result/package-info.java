/**
 * How a transfer went, and by which way.
 *
 * <p>Values only. Start reading at {@link dev.zeroftpd.transfer.result.TransferResult}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.transfer.result;
