package dev.zeroftpd.ops.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.zeroftpd.ops.LogText;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The newest lines of the log, for those who watch it: while there are any, and only then, it gets each line. Any thread; a
 * thread that logs waits for the copy of a reference.
 */
public final class LogTail {

    /** Some seconds of a busy server. */
    private static final int MOST = 1_000;

    private static final int LONGEST = 2_000;

    /** One line. The text may hold any character. */
    public record Line(long number, Instant time, int level, String levelName, String logger, String text) {}

    /**
     * Some lines, the oldest first.
     *
     * @param last the number of the last line that there is
     * @param leftOut how many more were wanted
     */
    public record Lines(List<Line> lines, long last, int leftOut) {}

    /** Guarded by itself. */
    private final Deque<Line> kept = new ArrayDeque<>();

    /** Guarded by {@link #kept}. */
    private long last;

    /** Guarded by this. */
    private int watchers;

    /** Guarded by this. */
    private @Nullable Tap tap;

    /** Takes lines out of the log. Threads that log don't wait for each other's texts. */
    private final class Tap extends UnsynchronizedAppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            String text = text(event);
            synchronized (kept) {
                kept.add(new Line(
                        ++last,
                        event.getInstant(),
                        event.getLevel().toInt(),
                        event.getLevel().toString(),
                        event.getLoggerName(),
                        text));
                if (kept.size() > MOST) {
                    kept.remove();
                }
            }
        }

        private static String text(ILoggingEvent event) {
            @Nullable IThrowableProxy cause = event.getThrowableProxy();
            String text = event.getFormattedMessage();
            return LogText.shortened(
                    cause == null ? text : text + ": " + cause.getClassName() + ": " + cause.getMessage(), LONGEST);
        }
    }

    /** The number of a level by its name, such as {@code INFO}; a higher one is more urgent. */
    public static int level(String name) {
        return Level.toLevel(name).toInt();
    }

    /** A watcher more; the first one has lines come. */
    public synchronized void watch() {
        watchers++;
        if (tap == null && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Tap made = new Tap();
            made.setContext(context);
            made.setName("live-page");
            made.start();
            tapped(context).forEach(logger -> logger.addAppender(made));
            tap = made;
        }
    }

    /** A watcher less; the last one leaves nothing behind. */
    public synchronized void leave() {
        watchers--;
        Tap made = tap;
        if (watchers == 0 && made != null && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            tapped(context).forEach(logger -> logger.detachAppender(made));
            made.stop();
            tap = null;
            synchronized (kept) {
                kept.clear();
            }
        }
    }

    /** The root, and what doesn't pass its lines on to it. */
    private static List<Logger> tapped(LoggerContext context) {
        return context.getLoggerList().stream()
                .filter(logger -> logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME) || !logger.isAdditive())
                .toList();
    }

    /** The wanted ones after that number; if there are more than {@code most}, the newest. */
    public Lines since(long number, Predicate<Line> wanted, int most) {
        List<Line> later = new ArrayList<>();
        long newest;
        synchronized (kept) { // threads that log wait for this: so only references are copied here
            newest = last;
            for (Iterator<Line> back = kept.descendingIterator(); back.hasNext(); ) {
                Line line = back.next();
                if (line.number() <= number) {
                    break;
                }
                later.add(line);
            }
        }
        List<Line> found = new ArrayList<>();
        int leftOut = 0;
        for (Line line : later) {
            if (wanted.test(line)) {
                if (found.size() < most) {
                    found.add(line);
                } else {
                    leftOut++;
                }
            }
        }
        Collections.reverse(found);
        return new Lines(found, newest, leftOut);
    }
}
