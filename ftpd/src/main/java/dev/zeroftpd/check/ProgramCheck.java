package dev.zeroftpd.check;

import dev.zeroftpd.hook.run.Environment;
import dev.zeroftpd.hook.run.ProgramRun;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A program that is started once per question: name and password are its input, a line each. Its exit code 0 is a yes, and it may write
 * what the account is; a no is the word {@code no} and exit code 1. Any thread, several at once.
 *
 * <p>Exit code 1 alone is no answer: an interpreter ends by it where a script is broken, and clients would be banned for that.
 */
final class ProgramCheck implements Asking.Asked {

    private static final int REFUSED = 1;

    private static final String NO = "no";

    private final Path program;
    private final Duration timeout;
    private volatile boolean closed;

    ProgramCheck(Path program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    @Override
    public LoginAnswer ask(LoginQuestion question) {
        // nothing that only the client may know: other programs of the same user see an environment
        Map<String, String> about = new LinkedHashMap<>();
        about.put("address", Asking.address(question));
        about.put("tls", Boolean.toString(question.tls()));
        ProgramRun.Result result = ProgramRun.run(
                new ProgramRun.Order(
                        program,
                        Environment.of(about),
                        question.name() + "\n" + question.password() + "\n",
                        timeout,
                        new ProgramRun.Kept(AnswerLines.MOST_BYTES + 1, true)),
                () -> closed || Thread.currentThread().isInterrupted());
        return switch (result.end()) {
            case EXITED -> exited(result);
            case TIMED_OUT -> new LoginAnswer.Unavailable(program + ": killed after " + timeout.toMillis() + " ms");
            case UNWANTED -> new LoginAnswer.Unanswered(program + ": killed because nothing waits for it any more");
            case NOT_STARTED -> new LoginAnswer.Unavailable(program + ": can't be started" + said(result));
        };
    }

    private LoginAnswer exited(ProgramRun.Result result) {
        if (result.code() == REFUSED && result.output().strip().equals(NO)) {
            return new LoginAnswer.No();
        }
        if (result.code() != 0) {
            return new LoginAnswer.Unanswered(program + ": exit code " + result.code() + said(result));
        }
        if (result.output().getBytes(StandardCharsets.UTF_8).length > AnswerLines.MOST_BYTES) {
            return new LoginAnswer.Unanswered(
                    program + ": the answer is longer than " + AnswerLines.MOST_BYTES + " bytes");
        }
        try {
            return new LoginAnswer.Yes(AnswerLines.parse(result.output()));
        } catch (IllegalArgumentException e) {
            return new LoginAnswer.Unanswered(program + ": " + e.getMessage());
        }
    }

    /** Only what it wrote to its standard error: its standard output is the answer. */
    private static String said(ProgramRun.Result result) {
        String line = result.firstErrorLine();
        return line.isEmpty() ? "" : ": " + line;
    }

    /** It isn't started: with which name and password would it be? */
    @Override
    public Optional<String> fault() {
        return Files.isExecutable(program) ? Optional.empty() : Optional.of(program + " can't be started");
    }

    @Override
    public void close() {
        closed = true;
    }
}
