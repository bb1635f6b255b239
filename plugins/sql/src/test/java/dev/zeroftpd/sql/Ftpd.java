package dev.zeroftpd.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;

/** The built server as a process of its own, with this plugin in its folder of plugins. Any thread may ask it. */
final class Ftpd implements AutoCloseable {

    private static final Path CHECKOUT = Path.of(Objects.requireNonNull(System.getProperty("zeroftpd.checkout")))
            .toAbsolutePath()
            .normalize();

    private static final Path JAR = CHECKOUT.resolve("ftpd/target/zeroftpd.jar");
    private static final Path PLUGIN = CHECKOUT.resolve("plugins/sql/target/plugin");
    private static final String LISTENING = "Listening on 127.0.0.1:";

    private final Path folder;
    private final Process process;
    private final int port;

    private Ftpd(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Lays a release out in {@code folder}, as its archive is. */
    static void install(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(CHECKOUT.resolve("ftpd/bin/ftpd"), folder.resolve("bin/ftpd"));
        Files.createSymbolicLink(folder.resolve("zeroftpd.jar"), JAR);
        Files.createSymbolicLink(folder.resolve("lib"), JAR.resolveSibling("lib"));
        try (Stream<Path> jars = Files.list(PLUGIN)) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, plugins.resolve(jar.getFileName()));
            }
        }
    }

    static Path configure(Path folder, Map<String, String> settings, String users) throws IOException {
        Map<String, String> all = new TreeMap<>(Map.of(
                "listener.address", "127.0.0.1",
                "listener.port", "0",
                "passive.ports", "0",
                "users.file", "users.properties",
                "state.directory", "state",
                "control.socket", ""));
        all.putAll(settings);
        Files.writeString(folder.resolve("users.properties"), users);
        String text = all.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
        return Files.writeString(folder.resolve("ftpd.properties"), text);
    }

    /** Starts it as the launcher does, but without making a cache. */
    static Ftpd start(Path folder) throws IOException {
        List<String> classPath = new ArrayList<>(List.of(JAR.toString()));
        try (Stream<Path> jars = Files.list(folder.resolve("plugins"))) {
            jars.map(Path::toString).sorted().forEach(classPath::add);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Xlog:class+load=info:file=" + folder.resolve("classes"),
                        "-cp",
                        String.join(":", classPath),
                        "dev.zeroftpd.cli.Main",
                        "serve",
                        "--config",
                        folder.resolve("ftpd.properties").toString())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !process.isAlive()
                            || Files.readString(folder.resolve("output")).contains("\n"));
            String output = Files.readString(folder.resolve("output"));
            assertThat(output).as("%s", Files.readString(folder.resolve("log"))).startsWith(LISTENING);
            return new Ftpd(folder, process, Integer.parseInt(output.strip().substring(LISTENING.length())));
        } catch (RuntimeException | Error | IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** What a command that ends wrote, and its exit code. */
    record Ran(int code, String text) {}

    /** By the launcher. */
    static Ran run(Path folder, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("bin/ftpd").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), text);
    }

    FTPClient client() throws IOException {
        FTPClient client = new FTPClient();
        client.setDefaultTimeout(60_000);
        client.connect("127.0.0.1", port);
        client.enterLocalPassiveMode();
        return client;
    }

    /** The reply to a name and a password, on a connection of its own. */
    String login(String name, String password) throws IOException {
        FTPClient client = client();
        try {
            client.user(name);
            client.pass(password);
            return client.getReplyString().strip();
        } catch (FTPConnectionClosedException e) {
            return client.getReplyString().strip(); // 421
        } finally {
            client.disconnect();
        }
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** The names of all classes that it has loaded. */
    String classes() throws IOException {
        return Files.readString(folder.resolve("classes"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
