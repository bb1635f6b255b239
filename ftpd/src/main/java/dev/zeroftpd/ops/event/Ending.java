package dev.zeroftpd.ops.event;

import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.transfer.result.TransferResult;
import java.time.Duration;

/** How what has happened ended. Immutable. */
public sealed interface Ending {

    /** It was done, and there is no more to say. */
    Ending DONE = new Done("");

    /** It was done. {@code detail} is for people, and may hold any character. */
    record Done(String detail) implements Ending {
        public Done {
            detail = LogText.shortened(detail);
        }
    }

    /** An operator has had it done. {@code detail} is for people, and may hold any character. */
    record Ordered(String detail) implements Ending {
        public Ordered {
            detail = LogText.shortened(detail);
        }
    }

    /** Something that lasted has ended. */
    record Lasted(Duration time) implements Ending {}

    /**
     * A transfer has ended, well or not.
     *
     * @param ascii whether it was of TYPE A
     */
    record Transferred(TransferResult result, boolean ascii) implements Ending {}

    /**
     * It was refused, and nothing was done; of a reload, {@code part} says that the rest was.
     *
     * @param reason one word for programs
     * @param detail for people, may hold any character
     */
    record Refused(String reason, String detail) implements Ending {
        public Refused {
            detail = LogText.shortened(detail);
        }
    }
}
