package dev.zeroftpd.users.source;

import dev.zeroftpd.config.plugin.SourceChoice;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A source of accounts, a plugin's or our own, asked within limits: each answer in its time, a bounded number of questions at once, and rarely
 * while it doesn't answer. Any thread may ask, and waits.
 *
 * <p>A source that is away is tried again by a later question, after pauses that grow; the questions in between are answered at
 * once, so that they don't all wait for the time-out.
 */
public final class GuardedSource implements AutoCloseable {

    /** Also those that didn't end in time: a plugin that hangs for ever costs no more threads than these. */
    private static final int MOST_QUESTIONS = 32;

    /** Until a source that has just failed is asked again. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** What runs is told to end, and has this long to do so. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

    /** An administrator who has mended the directory waits no longer than this. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(GuardedSource.class);

    /** Strangers may cause them. */
    private static final FewLines UNANSWERED = FewLines.perMinute(LOG, 6);

    /** Whether it answers at all. */
    private static final FewLines CHANGES = FewLines.perMinute(LOG, 20);

    private final String name;
    private final Duration timeout;
    private final AccountSource source;
    private final Semaphore questions = new Semaphore(MOST_QUESTIONS);
    private final SourceCounts counts = new SourceCounts();

    /** Guarded by this, as the next three; zero while the source answers. */
    private Duration pause = Duration.ZERO;

    private long pausedAt;
    private long awaySince;
    private boolean trying;

    private GuardedSource(String name, Duration timeout, AccountSource source) {
        this.name = name;
        this.timeout = timeout;
        this.source = source;
    }

    /**
     * Loads the chosen plugin; nothing is connected.
     *
     * @throws ConfigException if it isn't there, or its settings can't be used
     */
    public static GuardedSource open(SourceChoice choice) throws ConfigException {
        return new GuardedSource(choice.name(), choice.timeout(), InstalledSources.open(choice));
    }

    /**
     * One of the server's own.
     *
     * @param name what the log and the metrics call it
     * @param timeout how long an answer may take
     */
    public static GuardedSource of(String name, Duration timeout, AccountSource source) {
        return new GuardedSource(name, timeout, source);
    }

    /** What {@code users.source} calls it, or the setting that names what is asked. */
    public String name() {
        return name;
    }

    public SourceCounts counts() {
        return counts;
    }

    /** Whether it didn't answer when it was asked last. */
    public synchronized boolean isAway() {
        return !pause.isZero();
    }

    /** Whether a question may be asked. */
    private enum Turn {
        /** As the source answers. */
        FREE,
        /** To find out whether it answers again. */
        TRIAL,
        /** Not now. */
        NONE
    }

    /** What the source says, or that it says nothing; takes no longer than the time-out. */
    public LoginAnswer ask(LoginQuestion question) {
        Turn turn = turn();
        LoginAnswer answer;
        if (turn == Turn.NONE) {
            answer = new LoginAnswer.Unavailable(name + " doesn't answer");
        } else {
            answer = Reasons.withoutPassword(inTime(() -> source.ask(question)), question.password());
            note(answer, turn);
        }
        switch (answer) {
            case LoginAnswer.Yes _ -> counts.countRight();
            case LoginAnswer.No _ -> counts.countWrong();
            case LoginAnswer.Stored _, LoginAnswer.Absent _ -> {} // counted once the password has been compared
            case LoginAnswer.Unanswered(String why) -> {
                counts.countUnavailable();
                UNANSWERED.write(
                        Level.WARN,
                        () -> name + " gave no answer about " + LogText.escape(question.name()) + ": " + why);
            }
            case LoginAnswer.Unavailable _ -> counts.countUnavailable();
        }
        return answer;
    }

    /**
     * Tries whether the source could answer.
     *
     * @throws ConfigException if not
     */
    public void requireAnswering() throws ConfigException {
        Optional<String> fault = fault();
        if (fault.isPresent()) {
            throw new ConfigException(new Problem(
                    "users.source",
                    "users.source=" + name + " can't be used now: " + fault.get(),
                    "look at the settings that begin with " + name + ". and at that server"));
        }
    }

    private Optional<String> fault() {
        LoginAnswer answer = inTime(() ->
                source.fault().<LoginAnswer>map(LoginAnswer.Unavailable::new).orElseGet(LoginAnswer.No::new));
        return Reasons.of(answer);
    }

    /** On a thread of its own: a plugin may wait in calls that nothing interrupts. */
    private LoginAnswer inTime(Callable<LoginAnswer> asking) {
        if (!questions.tryAcquire()) {
            return new LoginAnswer.Unavailable("too many earlier questions have not been answered");
        }
        FutureTask<LoginAnswer> task = new FutureTask<>(asking);
        try {
            Thread.ofPlatform().name("account-source").daemon().start(() -> {
                try {
                    task.run();
                } finally {
                    questions.release();
                }
            });
        } catch (Error e) {
            questions.release();
            return new LoginAnswer.Unavailable(FailureReason.of(e));
        }
        return awaited(task);
    }

    private LoginAnswer awaited(FutureTask<LoginAnswer> task) {
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            boolean _ = task.cancel(true);
            return new LoginAnswer.Unavailable("there was no answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            boolean _ = task.cancel(true);
            Thread.currentThread().interrupt();
            return new LoginAnswer.Unavailable("the server ends");
        } catch (ExecutionException e) {
            Throwable why = Optional.ofNullable(e.getCause()).orElse(e);
            LOG.debug("{} failed", name, why);
            String failed = "it failed: " + FailureReason.of(why);
            // one name may bring it about, and must not keep all others out
            return why instanceof RuntimeException
                    ? new LoginAnswer.Unanswered(failed)
                    : new LoginAnswer.Unavailable(failed);
        }
    }

    /** Always while it answers; else one question after each pause. */
    private synchronized Turn turn() {
        if (pause.isZero()) {
            return Turn.FREE;
        }
        if (trying || System.nanoTime() - pausedAt < pause.toNanos()) {
            return Turn.NONE;
        }
        trying = true;
        return Turn.TRIAL;
    }

    /** Of questions that began before the pause, only an answer means something; the trial ends by its own alone. */
    private synchronized void note(LoginAnswer answer, Turn turn) {
        long now = System.nanoTime();
        boolean wasAway = !pause.isZero();
        if (answer instanceof LoginAnswer.Unavailable(String why)) {
            if (!wasAway) {
                awaySince = now;
                pausedAt = now;
                pause = FIRST_PAUSE;
                CHANGES.write(
                        Level.WARN,
                        () -> name + " doesn't answer: " + why
                                + "; accounts of the file can still log in, and it is tried again");
            } else if (turn == Turn.TRIAL) {
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
                pausedAt = now;
            }
        } else if (wasAway) {
            pause = Duration.ZERO;
            long seconds = TimeUnit.NANOSECONDS.toSeconds(now - awaySince);
            CHANGES.write(Level.INFO, () -> name + " answers again, after " + seconds + " s");
        }
        if (turn == Turn.TRIAL) {
            trying = false;
        }
    }

    /** Waits a short while for what runs. */
    @Override
    public void close() {
        try {
            source.close();
        } catch (RuntimeException e) {
            LOG.warn("{} did not end well: {}", name, FailureReason.of(e));
        }
        try {
            if (!questions.tryAcquire(MOST_QUESTIONS, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("A question to {} goes on", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
