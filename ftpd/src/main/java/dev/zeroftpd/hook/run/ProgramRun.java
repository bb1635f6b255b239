package dev.zeroftpd.hook.run;

import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.ProcessGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one program to its end: without a shell, without arguments, in a session of its own whose processes are killed
 * together. Stateless; any thread that may wait.
 */
public final class ProgramRun {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramRun.class);

    /** Enough for what people are to read. */
    private static final int MOST_WORDS = 4096;

    /** How long its output may wait for us, and it for a kill that was asked for. */
    private static final Duration STEP = Duration.ofMillis(50);

    /** What is read between two looks at the time: as much as a pipe holds, or a program that writes without end would have no other. */
    private static final int MOST_AT_ONCE = 64 * 1024;

    /** A process that can't be killed waits for a disk; nothing more can be done about it. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(2);

    /** By POSIX the exit code of what could not start a program, and the least of those that say so. */
    private static final int NOT_EXECUTED = 126;

    private ProgramRun() {}

    /** How it ended. */
    public enum End {
        /** By itself. */
        EXITED,
        /** It took too long and was killed. */
        TIMED_OUT,
        /** Its work was no longer wanted, and it was killed. */
        UNWANTED,
        /** It never ran. */
        NOT_STARTED
    }

    /**
     * What came of it.
     *
     * @param code its exit code where it exited; 128 and the signal's number where it was killed by others
     * @param output the beginning of what it wrote
     * @param errors the same of its standard error, where that is kept apart; else that is part of its output
     */
    public record Result(End end, int code, String output, String errors) {

        /** One whose outputs are not kept apart. */
        public Result(End end, int code, String output) {
            this(end, code, output, "");
        }

        /** Whether it ran, and said yes by its exit code. */
        public boolean succeeded() {
            return end == End.EXITED && code == 0;
        }

        /** The first line of its output that has something in it, safe to be shown; empty if there is none. */
        public String firstLine() {
            return firstOf(output);
        }

        /** The same of its standard error, where that is kept apart. */
        public String firstErrorLine() {
            return firstOf(errors);
        }

        private static String firstOf(String text) {
            return text.lines()
                    .map(line -> LogText.printable(line).strip())
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        /** How it ended, in words, and what it said. */
        public String words(Duration timeout) {
            String said = firstLine();
            String ended = switch (end) {
                case EXITED -> "exit code " + code;
                case TIMED_OUT -> "killed after " + timeout.toMillis() + " ms";
                case UNWANTED -> "killed";
                case NOT_STARTED -> "can't be started";
            };
            return said.isEmpty() ? ended : ended + ": " + said;
        }
    }

    /**
     * What is kept of what a program writes; the rest is read and thrown away, so that it never waits for us.
     *
     * @param most bytes of each of its outputs
     * @param errorsApart whether its standard error is another output
     */
    public record Kept(int most, boolean errorsApart) {

        /** What people are to read of it. */
        public static final Kept WORDS = new Kept(MOST_WORDS, false);
    }

    /**
     * What is to be run.
     *
     * @param environment all of it
     * @param input what it can read; must fit into a pipe (64 KiB)
     * @param timeout after which it is killed
     */
    public record Order(Path program, Map<String, String> environment, String input, Duration timeout, Kept kept) {

        /** Without the input, which may be a secret. */
        @Override
        public String toString() {
            return "Order[" + program + "]";
        }
    }

    /**
     * Starts it and waits for its end.
     *
     * @param unwanted asked several times a second; once it is true, the program is killed
     */
    public static Result run(Order order, BooleanSupplier unwanted) {
        Process process;
        try {
            process = start(order);
        } catch (IOException e) {
            LOG.debug("{} can't be started", order.program(), e);
            String why = FailureReason.of(e);
            return new Result(End.NOT_STARTED, 0, why, order.kept().errorsApart() ? why : "");
        }
        feed(process, order.input());
        return new Running(process, order.timeout(), order.kept()).await(unwanted);
    }

    private static Process start(Order order) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ProcessGroup.command(order.program()))
                .directory(Path.of("/").toFile())
                .redirectErrorStream(!order.kept().errorsApart());
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        return builder.start();
    }

    private static void feed(Process process, String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            LOG.debug("A program doesn't read its input", notRead);
        }
    }

    /** One process. One thread. */
    private static final class Running {

        private final Process process;
        private final long began = System.nanoTime();
        private final Duration timeout;
        private final int most;
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

        Running(Process process, Duration timeout, Kept kept) {
            this.most = kept.most();
            this.process = process;
            this.timeout = timeout;
        }

        Result await(BooleanSupplier unwanted) {
            try {
                boolean more = false;
                while (!process.waitFor(more ? 0 : STEP.toNanos(), TimeUnit.NANOSECONDS)) {
                    more = drain();
                    if (unwanted.getAsBoolean()) {
                        return killed(End.UNWANTED);
                    }
                    if (System.nanoTime() - began >= timeout.toNanos()) {
                        return killed(End.TIMED_OUT);
                    }
                }
                boolean _ = drain();
                return exited(process.exitValue());
            } catch (InterruptedException e) {
                ProcessGroup.kill(process);
                Thread.currentThread().interrupt();
                return result(End.UNWANTED, 0);
            }
        }

        /** What gives the program its session has run by then, even if the program itself can't. */
        private Result exited(int code) {
            boolean notStarted = code >= NOT_EXECUTED
                    && (output.size() > 0 ? output : errors)
                            .toString(StandardCharsets.UTF_8)
                            .startsWith("setsid: ");
            return result(notStarted ? End.NOT_STARTED : End.EXITED, code);
        }

        private Result killed(End why) throws InterruptedException {
            ProcessGroup.kill(process);
            if (!process.waitFor(AFTER_KILL.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Process {} of a hook was killed and goes on: it waits for a disk", process.pid());
            }
            boolean _ = drain();
            return result(why, 0);
        }

        private Result result(End end, int code) {
            return new Result(
                    end, code, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        }

        /**
         * Never waits: processes that outlive the program may keep its output open.
         *
         * @return whether there may be more
         */
        private boolean drain() {
            boolean more = drain(process.getInputStream(), output);
            return drain(process.getErrorStream(), errors) || more;
        }

        private boolean drain(InputStream written, ByteArrayOutputStream kept) {
            try {
                int left = MOST_AT_ONCE;
                for (int there = written.available(); there > 0; there = written.available()) {
                    byte[] read = written.readNBytes(Math.min(Math.min(there, most), left));
                    kept.write(read, 0, Math.min(read.length, most - kept.size()));
                    left -= read.length;
                    if (left == 0) {
                        return true;
                    }
                }
            } catch (IOException closed) {
                LOG.debug("The output of a program has ended", closed);
            }
            return false;
        }
    }
}
