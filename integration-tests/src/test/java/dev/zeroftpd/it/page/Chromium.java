package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the tests of {@code src/test/page} in Debian's chromium, driven by playwright-core. Stateless; one test at a time. */
final class Chromium {

    private static final Path SCRIPTS = Checkout.ROOT.resolve("integration-tests/src/test/page");

    /** Where Node.js finds what npm installed: beside the scripts. */
    private static final Path FOLDER = Checkout.ROOT.resolve("integration-tests/target/page");

    /** The page as the build made it; the jar has the same. */
    private static final Path ASSETS = Checkout.ROOT.resolve("ftpd/target/classes/dev/zeroftpd/admin/page/assets");

    private static final Path ASSETS_WITHOUT_GATE =
            Checkout.ROOT.resolve("ftpd/target/classes-without-gate/dev/zeroftpd/admin/page/assets");

    /** Only tests that hang are waited for so long: each of their steps has 15 seconds. */
    private static final int PATIENCE_MINUTES = 8;

    private Chromium() {}

    /** Copies the scripts, and lets npm fetch what their lock names, unless it is there. */
    static void install() throws IOException {
        Program.installScripts(SCRIPTS, FOLDER);
        new Program("chromium", "the package chromium").version(FOLDER, "--version");
    }

    /** Runs all tests of a file that need no server. */
    static void run(String file) throws IOException {
        run(List.of(file), Map.of());
    }

    /** Runs the test of live.test.mjs that is called so, signed in by {@code link}. */
    static void run(String test, String link) throws IOException {
        run(List.of("--test-name-pattern=^" + test + ":", "live.test.mjs"), Map.of("LINK", link));
    }

    private static void run(List<String> words, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile(FOLDER, "tests", ".out");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("node", "--test", "--test-reporter=spec"), words.stream())
                                .toList())
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("ASSETS", (Files.exists(ASSETS) ? ASSETS : ASSETS_WITHOUT_GATE).toString());
        Process node = builder.start();
        try {
            assertThat(node.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("ended; said:%n%s", Files.readString(output))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            // Chromium ends with the pipe to it.
            node.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(node.exitValue()).as("exit code; said:%n%s", said).isZero();
        assertThat(said).as("a test ran").containsPattern("pass [1-9]");
        Files.delete(output);
    }
}
