package dev.zeroftpd.ops;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Lines of one kind in the log that clients can cause as often as they like: some in each window of time; the first one
 * afterwards says how many were left out. Any thread; in a process of the server's own, none waits for the log to be read.
 */
public final class FewLines {

    /** Of a stack trace in the log, about, in characters. */
    private static final int TRACE = 8 * 1024;

    /** Who writes a line of about that many characters: the caller, until there is a thread for it. */
    private static volatile ObjIntConsumer<Runnable> writer = (line, characters) -> line.run();

    private final Logger log;
    private final LineQuota quota;

    /** @param most lines in each {@code window} */
    public FewLines(Logger log, int most, Duration window, InstantSource clock) {
        this.log = log;
        this.quota = new LineQuota(most, window, clock);
    }

    /** Has the lines of this process written from now on by what doesn't make the caller wait, such as a queue. */
    public static void writeBy(ObjIntConsumer<Runnable> other) {
        writer = other;
    }

    /** At most {@code most} lines a minute. */
    public static FewLines perMinute(Logger log, int most) {
        return new FewLines(log, most, Duration.ofMinutes(1), InstantSource.system());
    }

    /**
     * Initialises what a line is made with, so that one about a lack of memory can be written: a class whose initialisation
     * has failed once stays unusable. Returns this.
     */
    public FewLines ready() {
        String formatted = MessageFormatter.arrayFormat("{}{}", new Object[] {"", LineQuota.remark(0)})
                .getMessage();
        LoggingEventBuilder _ = log.makeLoggingEventBuilder(Level.ERROR).setMessage(formatted);
        return this;
    }

    /** Writes the line, unless too many were written before it. */
    public void write(Level level, Supplier<String> line) {
        write(level, line, null);
    }

    /** The same with the stack trace of {@code cause}. */
    public void write(Level level, Supplier<String> line, @Nullable Throwable cause) {
        quota.take().ifPresent(leftOut -> {
            String text = LogText.shortened(line.get()) + LineQuota.remark(leftOut);
            writer.accept(
                    () -> log.atLevel(level).setCause(cause).log("{}", text),
                    text.length() + (cause == null ? 0 : TRACE));
        });
    }

    /** The same by the caller, who waits: the process may end behind it. */
    public void writeNow(Level level, Supplier<String> line) {
        quota.take().ifPresent(leftOut -> log.atLevel(level).log("{}{}", line.get(), LineQuota.remark(leftOut)));
    }
}
