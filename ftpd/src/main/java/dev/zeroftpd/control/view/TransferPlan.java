package dev.zeroftpd.control.view;

import dev.zeroftpd.transfer.result.Way;
import java.util.OptionalLong;

/** What a transfer is to move, and which way: for those who look at it from outside. Asked by any thread. */
public interface TransferPlan {

    /** The file or directory, as the client sees it. */
    String path();

    /** How many bytes it will be, if that is known. */
    OptionalLong size();

    Way way();
}
