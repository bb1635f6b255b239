package dev.zeroftpd.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The built product: the source checkout that these tests belong to, and how they start its Java. Any thread.
 *
 * <p>They start it as the launcher does, with its cache of loaded classes, but without its search for a JDK and without the second
 * compiler: a server that lives for seconds costs a third of the processor time so, and tests start hundreds.
 */
public final class Checkout {

    /** The checkout's top folder. */
    public static final Path ROOT = Path.of(Objects.requireNonNull(
                    System.getProperty("zeroftpd.checkout"), "zeroftpd.checkout is not set: run the tests with Maven"))
            .toAbsolutePath()
            .normalize();

    public static final Path LAUNCHER = ROOT.resolve("ftpd/bin/ftpd");

    public static final Path JAR = ROOT.resolve("ftpd/target/zeroftpd.jar");

    /** The JDK that runs the tests is the one that the build selected. */
    public static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** A cache fits only the object headers, the collector and the access to native code that it was made with. */
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Djdk.virtualThreadScheduler.parallelism=32",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:AOTCache=" + JAR.resolveSibling("zeroftpd.aot"),
            // Without the cache it only starts later; standard output is the server's.
            "-Xlog:aot*=off");

    private Checkout() {}

    /** The command line of {@code ftpd} with these words, on a heap of that many MiB at most. */
    public static List<String> ftpd(int heapMib, List<String> words) {
        List<String> command = new ArrayList<>(List.of(Cached.JAVA, "-Xmx" + heapMib + "m"));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", JAR.toString(), "dev.zeroftpd.cli.Main"));
        command.addAll(words);
        return command;
    }

    /** Has the launcher make its cache, once, where it is not there yet. */
    private static final class Cached {

        private static final String JAVA = prepare();

        private static String prepare() {
            ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), "--prepare")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            try {
                builder.start().onExit().join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Checkout.JAVA.toString();
        }
    }
}
