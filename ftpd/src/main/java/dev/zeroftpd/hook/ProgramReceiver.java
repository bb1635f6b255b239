package dev.zeroftpd.hook;

import dev.zeroftpd.hook.run.Environment;
import dev.zeroftpd.hook.run.ProgramRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A program that is started once per event. Any thread, several at once. */
final class ProgramReceiver implements Receiver {

    /** Finds the files of accounts on this machine. Any thread. */
    @FunctionalInterface
    interface Files {
        /** Where the path of an account is; empty if that is not on this machine, or unknown. */
        Optional<Path> find(String account, String path);
    }

    private final Path program;
    private final Duration timeout;
    private final Files files;

    ProgramReceiver(Path program, Duration timeout, Files files) {
        this.program = program;
        this.timeout = timeout;
        this.files = files;
    }

    @Override
    public Answer deliver(HookEvent event) {
        Map<String, String> fields;
        try {
            fields = new LinkedHashMap<>(event.fields());
        } catch (IOException e) {
            throw new IllegalStateException("what is sent was read before", e);
        }
        @Nullable String user = fields.get("user");
        @Nullable String path = fields.get("path");
        if (user != null && path != null) {
            files.find(user, path).ifPresent(file -> fields.put("file", file.toString()));
        }
        ProgramRun.Result result = ProgramRun.run(
                new ProgramRun.Order(
                        program, Environment.of(fields), event.json() + "\n", timeout, ProgramRun.Kept.WORDS),
                Thread.currentThread()::isInterrupted);
        return new Answer(result.succeeded(), result.words(timeout));
    }
}
