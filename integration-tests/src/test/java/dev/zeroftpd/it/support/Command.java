package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command line that ran to its end. Immutable.
 *
 * @param output what it wrote to standard output, {@code errors} to standard error
 */
public record Command(int exitCode, String output, String errors) {

    /** Only a command that hangs is waited for so long. */
    private static final int PATIENCE_SECONDS = 60;

    public static Command run(Path folder, String... command) throws IOException {
        return run(folder, Map.of(), "", List.of(command));
    }

    /** Runs a command in {@code folder} with more environment variables and with {@code input} to read. */
    public static Command run(Path folder, Map<String, String> environment, String input, List<String> command)
            throws IOException {
        Path output = Files.createTempFile(folder, "command", ".out");
        Path errors = Files.createTempFile(folder, "command", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write(input);
        }
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ended", command)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
        return new Command(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    /** Asserts the exit code, with what the command said. */
    public Command expectExit(int code) {
        assertThat(exitCode)
                .as("exit code; output:%n%s%nerrors:%n%s", output, errors)
                .isEqualTo(code);
        return this;
    }
}
