package dev.zeroftpd.cli;

import ch.qos.logback.core.recovery.ResilientOutputStreamBase;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.io.IOException;
import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says on standard error that the log can't be written, which no log can tell, and when it can be again. Logback makes it; any
 * thread that logs calls it.
 *
 * <p>While a disk is full Logback tries again after longer and longer pauses, up to some minutes, and drops the lines between.
 */
public final class LogFailures implements StatusListener {

    /** A disk that is full at one moment and not at the next must not fill standard error. */
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** A configuration has few faults; what goes on for ever needn't be said for ever. */
    private static final int MOST_FAULTS = 20;

    private final PrintStream err;
    private final LongSupplier nanoTime;
    private int faults;
    private boolean failing;

    /** Whether the last failure was said, and its end is to be. */
    private boolean said;

    private OptionalLong saidAt = OptionalLong.empty();

    /** Called by Logback, which finds it by its name. */
    public LogFailures() {
        this(System.err, System::nanoTime);
    }

    LogFailures(PrintStream err, LongSupplier nanoTime) {
        this.err = err;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void addStatusEvent(Status status) {
        boolean error = status.getLevel() == Status.ERROR;
        if (!(status.getOrigin() instanceof ResilientOutputStreamBase)) {
            if (error && faults < MOST_FAULTS) {
                faults++;
                err.println("error: the log is not as it is configured: " + text(status));
            }
        } else if (error) {
            failed(status);
        } else if (status.getMessage().startsWith("Recovered")) {
            recovered();
        }
    }

    private void failed(Status status) {
        long now = nanoTime.getAsLong();
        if (!failing && (saidAt.isEmpty() || now - saidAt.getAsLong() >= PAUSE_NANOS)) {
            saidAt = OptionalLong.of(now);
            said = true;
            err.println("error: the log can't be written, the server goes on without it: " + text(status));
        }
        failing = true;
    }

    private void recovered() {
        if (said) {
            err.println("The log is written again; lines are missing");
        }
        failing = false;
        said = false;
    }

    /** A class name would tell no person anything. */
    private static String text(Status status) {
        return status.getThrowable() instanceof IOException why
                ? status.getMessage() + " (" + FailureText.of(why) + ")"
                : status.getMessage();
    }

    /** Stays when the configuration is read. */
    @Override
    public boolean isResetResistant() {
        return true;
    }
}
