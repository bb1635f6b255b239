package dev.zeroftpd.ops.event;

import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.transfer.result.TransferResult;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * How what has happened ended. Immutable. What is asked of each is a method: a {@code switch} over types has the JVM write a class
 * at its first use, and the first event is part of every start.
 */
public sealed interface Ending {

    /** What was told of it, for people; may hold any character; empty where nothing was. */
    default String detail() {
        return "";
    }

    /** The whole of it, for people; may hold any character; empty where there is nothing to say. */
    default String inWords() {
        return detail();
    }

    /** What it has beside the fields of every event, as in {@link Event#fields}. */
    default void fields(BiConsumer<String, Object> field) {
        Event.given(field, "detail", detail());
    }

    /** It was done. {@code detail} is for people, and may hold any character. */
    record Done(String detail) implements Ending {

        /** There is no more to say. */
        public static final Ending PLAINLY = new Done("");

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
    record Lasted(Duration time) implements Ending {

        @Override
        public String inWords() {
            return String.format(Locale.ROOT, "%.3f s", time.toMillis() / 1e3);
        }

        @Override
        public void fields(BiConsumer<String, Object> field) {
            field.accept("seconds", Event.seconds(time));
        }
    }

    /**
     * A transfer has ended, well or not.
     *
     * @param ascii whether it was of TYPE A
     */
    record Transferred(TransferResult result, boolean ascii) implements Ending {

        @Override
        public String inWords() {
            return OutcomeWords.of(result.outcome()).sentence();
        }

        @Override
        public void fields(BiConsumer<String, Object> field) {
            field.accept("bytes", result.bytes());
            field.accept("seconds", Event.seconds(result.elapsed()));
            field.accept("way", result.way().word());
            result.way().why().ifPresent(reason -> field.accept("reason", reason));
            OutcomeWords words = OutcomeWords.of(result.outcome());
            field.accept("outcome", words.word());
            Event.given(field, "detail", LogText.shortened(words.detail()));
        }
    }

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

        @Override
        public void fields(BiConsumer<String, Object> field) {
            Event.given(field, "reason", reason);
            field.accept("outcome", "refused");
            Event.given(field, "detail", detail);
        }
    }
}
