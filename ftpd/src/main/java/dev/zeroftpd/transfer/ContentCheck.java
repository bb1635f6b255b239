package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Decides whether what came may become the file that the client named. Any thread that may wait. */
@FunctionalInterface
public interface ContentCheck {

    /**
     * Asked once, on the transfer's thread, when everything has come and before anybody can see it.
     *
     * @param sink what came, see {@link FileSink#whole}
     * @param ended true once the transfer was cancelled; then this thread is unparked, and the answer no longer counts
     * @return Completed, or how the transfer ends instead
     */
    Outcome judge(FileSink sink, BooleanSupplier ended) throws IOException;
}
