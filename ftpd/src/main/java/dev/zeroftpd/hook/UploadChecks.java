package dev.zeroftpd.hook;

import dev.zeroftpd.hook.HookCounts.Result;
import dev.zeroftpd.hook.run.Environment;
import dev.zeroftpd.hook.run.ProgramRun;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.JsonText;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Asks the operator's program whether a finished upload may be published. Any thread that may wait; the programs are run by few
 * threads of its own, by turns between accounts.
 */
public final class UploadChecks {

    /** How the check is called where events are. */
    static final String NAME = "upload-check";

    private static final Logger LOG = LoggerFactory.getLogger(UploadChecks.class);

    private static final FewLines FAULTS = FewLines.perMinute(LOG, 4);

    /** A reply must be one line, and people read it. */
    private static final int LONGEST_REASON = 200;

    private static final String UNCHECKED =
            "The file can't be checked before it is published, so it was not taken; the server's log says why";

    private final Path program;
    private final Duration timeout;
    private final Path links;
    private final Optional<Quarantine> quarantine;
    private final HookCounts counts;
    private final CheckTurns turns = new CheckTurns();
    private volatile boolean closed;

    /** @param links where names for programs are made if a file has none that they can be told */
    UploadChecks(Path program, Duration timeout, Path links, Optional<Quarantine> quarantine, HookCounts counts) {
        this.program = program;
        this.links = links;
        this.timeout = timeout;
        this.quarantine = quarantine;
        this.counts = counts;
    }

    /**
     * What is asked about.
     *
     * @param by who uploads
     * @param verb the command
     * @param path that the file is to have
     * @param file where the whole new content is; nothing else has that name
     * @param told the path as the client is told it
     */
    public record Candidate(Event.Client by, String verb, String path, String file, String told) {

        Candidate(Event.Client by, String verb, String path, String file) {
            this(by, verb, path, file, path);
        }

        /** The same by another name of its file. */
        Candidate in(String name) {
            return new Candidate(by, verb, path, name, told);
        }
    }

    /**
     * Waits for the program's answer.
     *
     * @param candidate empty if there is no such file on this machine: then it is refused
     * @param ended once it is true, and this thread was unparked, the answer is no longer wanted
     * @return Completed, or Rejected with what the client is told
     */
    public Outcome judge(Optional<Candidate> candidate, BooleanSupplier ended) {
        if (candidate.isEmpty()) {
            FAULTS.write(Level.WARN, () -> "An upload was refused: it is not in a file that a program could check");
            return refused(UNCHECKED);
        }
        try (NameForPrograms name = NameForPrograms.of(candidate.get().file(), links)) {
            return judge(candidate.get(), name.text(), ended);
        } catch (IOException e) {
            FAULTS.write(
                    Level.WARN,
                    () -> "An upload was refused: its directory's name is no UTF-8, and there can't be a link to it: "
                            + FailureReason.of(e));
            return refused(UNCHECKED);
        }
    }

    private Outcome judge(Candidate candidate, String name, BooleanSupplier ended) {
        Candidate shown = candidate.in(name);
        Asked asked = new Asked(shown, Thread.currentThread());
        turns.add(candidate.by().user(), asked);
        ProgramRun.Result result = asked.await(ended);
        return result == null ? cancelled() : outcome(candidate, reason(shown, result), result);
    }

    private Outcome outcome(Candidate candidate, String reason, ProgramRun.Result result) {
        return switch (result.end()) {
            case EXITED -> result.code() == 0 ? accept() : refuse(candidate, reason, Result.REFUSED);
            case TIMED_OUT ->
                refuse(
                        candidate,
                        "The check of the file took longer than " + timeout.toMillis() + " ms",
                        Result.TIMED_OUT);
            case UNWANTED -> cancelled();
            case NOT_STARTED -> {
                FAULTS.write(
                        Level.ERROR,
                        () -> "Every upload is refused: " + program + " can't be started: " + result.output());
                yield refused(UNCHECKED);
            }
        };
    }

    private Outcome accept() {
        counts.count(NAME, Result.ACCEPTED);
        return new Outcome.Completed();
    }

    private Outcome cancelled() {
        counts.count(NAME, Result.CANCELLED);
        return new Outcome.Rejected("The check was not finished");
    }

    private Outcome refuse(Candidate candidate, String reason, Result result) {
        counts.count(NAME, result);
        quarantine.ifPresent(place -> place.take(candidate, reason, () -> closed));
        return new Outcome.Rejected(reason);
    }

    private Outcome refused(String reason) {
        counts.count(NAME, Result.FAILED);
        return new Outcome.Rejected(reason);
    }

    private static String reason(Candidate candidate, ProgramRun.Result result) {
        String told = ToldReason.of(result.firstLine(), candidate.file(), candidate.path(), candidate.told());
        return LogText.shortened(told, LONGEST_REASON);
    }

    private ProgramRun.Result run(Candidate candidate, BooleanSupplier unwanted) {
        String id = UUID.randomUUID().toString();
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("time", now);
        fields.put("event", NAME);
        fields.put("session", candidate.by().session());
        fields.put("user", candidate.by().user());
        fields.put("address", candidate.by().address());
        fields.put("tls", candidate.by().tls());
        fields.put("verb", candidate.verb());
        fields.put("path", candidate.path());
        fields.put("file", candidate.file());
        JsonText json = new JsonText();
        Map<String, String> variables = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            json.put(name, value);
            variables.put(name, value.toString());
        });
        return ProgramRun.run(
                new ProgramRun.Order(
                        program, Environment.of(variables), json.end() + "\n", timeout, ProgramRun.Kept.WORDS),
                () -> closed || unwanted.getAsBoolean());
    }

    /** The same for a file that no client has sent; for people. */
    ProgramRun.Result runSample(Path file) {
        Event.Client sample = new Event.Client("", "sample", "127.0.0.1", false);
        return run(new Candidate(sample, "STOR", "/sample.txt", file.toString()), () -> false);
    }

    /** Kills what runs. */
    void close() {
        closed = true;
        turns.close();
    }

    /** One question. Its thread waits, another answers. */
    private final class Asked implements Runnable {

        private final Candidate candidate;
        private final Thread asker;
        private volatile boolean unwanted;
        private volatile ProgramRun.@Nullable Result result;

        Asked(Candidate candidate, Thread asker) {
            this.candidate = candidate;
            this.asker = asker;
        }

        @Override
        public void run() {
            try {
                if (!unwanted) {
                    result = UploadChecks.this.run(candidate, () -> unwanted);
                }
            } finally {
                if (result == null) {
                    result = new ProgramRun.Result(ProgramRun.End.UNWANTED, 0, "");
                }
                LockSupport.unpark(asker);
            }
        }

        /** Null if the answer is no longer wanted. */
        ProgramRun.@Nullable Result await(BooleanSupplier ended) {
            while (result == null && !ended.getAsBoolean() && !closed) {
                LockSupport.park(this);
            }
            if (result == null) {
                unwanted = true;
            }
            return result;
        }
    }
}
