/**
 * Who computes now: as many threads as there are processors, by turns between accounts.
 *
 * <p>It knows nothing of transfers. Start reading at {@link dev.zeroftpd.transfer.turn.Turns}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.transfer.turn;
