package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that a Debian package brings. Immutable.
 *
 * @param command what is typed to start it
 * @param origin what has to be installed where it is missing
 */
public record Program(String command, String origin) {

    /** Only a program that hangs is waited for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The first line of what it says about itself. Fails with what to install where it is missing. */
    public String version(Path folder, String... arguments) throws IOException {
        try {
            Command ran = Command.run(folder, environment(folder), "", commandLine(List.of(arguments)));
            return (ran.output() + ran.errors()).strip().lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new AssertionError(command + " is missing: install " + origin + ", or let ./verify do it", e);
        }
    }

    /**
     * Copies scripts of Node.js, and lets npm fetch what their lock names, unless it is there.
     *
     * @param folder where they are copied to, and where Node.js finds what npm has installed
     */
    public static void installScripts(Path scripts, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(scripts)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        new Program("node", "the package nodejs").version(folder, "--version");
        new Program("npm", "the package npm").version(folder, "--version");
        Path lock = folder.resolve("package-lock.json");
        Path installed = folder.resolve("installed.json");
        if (!Files.exists(installed) || Files.mismatch(installed, lock) != -1) {
            Command.run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
                    .expectExit(0);
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Runs it in the site's folder and asserts that it ends well. Returns what it wrote to standard output. */
    public String run(Site site, String... arguments) throws IOException {
        return run(site, "", List.of(arguments));
    }

    /** Runs it with {@code input} to read. */
    public String run(Site site, String input, List<String> arguments) throws IOException {
        return Command.run(site.folder(), environment(site), input, commandLine(arguments))
                .expectExit(0)
                .output();
    }

    /** Runs it as a part of a shell's command line that sends its output to {@code output}. */
    public void runInto(Site site, Path output, List<String> arguments) throws IOException {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "output=$1; shift; exec \"$@\" >\"$output\"", "sh"));
        shell.add(output.toString());
        shell.addAll(commandLine(arguments));
        Command.run(site.folder(), environment(site), "", shell).expectExit(0);
    }

    /** Starts it, and ends it with SIGTERM when it has stored some of what it gets in {@code growing}. */
    public void runUntilSomeArrived(Site site, Path growing, String input, List<String> arguments) throws IOException {
        Path output = site.folder().resolve("aborted.out");
        ProcessBuilder builder = new ProcessBuilder(commandLine(arguments))
                .directory(site.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment(site));
        Process process = builder.start();
        try (var stdin = process.outputWriter()) {
            stdin.write(input);
            stdin.flush();
            await().atMost(PATIENCE)
                    .until(() -> !process.isAlive() || (Files.exists(growing) && Files.size(growing) > 0));
            assertThat(process.isAlive())
                    .as("still gets; output:%n%s", Files.readString(output))
                    .isTrue();
            process.destroy();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> commandLine(List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(command);
        line.addAll(arguments);
        return line;
    }

    private static Map<String, String> environment(Site site) {
        Map<String, String> environment = new HashMap<>(environment(site.folder()));
        // Programs in Go have no other way to be told whom to trust.
        environment.put("SSL_CERT_FILE", site.certificate().toString());
        return environment;
    }

    /** Nothing of the user who runs the tests: no start-up files, no time zone, no language. */
    private static Map<String, String> environment(Path folder) {
        return Map.of("HOME", folder.toString(), "TZ", "UTC", "LC_ALL", "C.UTF-8");
    }

    /** An {@code ftp:} URL of an absolute remote name, everything escaped that could mean something. */
    public static String url(String scheme, Site site, String remote) {
        StringBuilder path = new StringBuilder();
        for (byte b : remote.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b == '/' || b == '-' || b == '.' || (b > 0 && Character.isLetterOrDigit(b));
            path.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
        }
        return URI.create(scheme + "://" + site.authority() + path).toString();
    }
}
