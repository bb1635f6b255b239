/**
 * Data connections and what goes over them: who gets one, which way the bytes take, how transfers are aborted or break, and
 * that nothing is left behind.
 *
 * <p>What becomes of an uploaded file is the subject of {@code upload}. Start reading at
 * {@link dev.zeroftpd.it.transfer.RetrieveIT}, then {@link dev.zeroftpd.it.transfer.BrokenTransferIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.transfer;
