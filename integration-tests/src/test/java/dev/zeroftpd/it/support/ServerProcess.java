package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The product as a process of its own, with its configuration, users and log in one folder. Any thread may ask it;
 * one starts and closes it.
 *
 * <p>Started as {@link Checkout} does: {@code LauncherIT} has the launcher.
 */
public final class ServerProcess implements ServerUnderTest, AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on (?:\\[(.+)]|([^:]+)):(\\d+)");

    /** Generous: a JVM under strace on a busy machine. Only a server that hangs is waited for so long. */
    private static final Duration START = Duration.ofSeconds(60);

    private static final Duration STOP = Duration.ofSeconds(30);

    private final Process process;
    private final Path folder;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<InetSocketAddress> listeners;

    private ServerProcess(Path folder, List<String> command, int listenerCount) throws IOException {
        this.folder = folder;
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectError(log().toFile());
        process = builder.start();
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().name("server-output").start(() -> reader.lines().forEach(output::add));
        try {
            listeners = awaitListeners(listenerCount);
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Starts a server in an empty folder; its accounts' relative homes are below that folder. */
    public static ServerProcess start(Path folder, ServerOptions options) throws IOException {
        writeConfiguration(folder, options);
        return startConfigured(folder, options);
    }

    /** The same in a folder that {@link #writeConfiguration} has prepared. */
    public static ServerProcess startConfigured(Path folder, ServerOptions options) throws IOException {
        List<String> command = new ArrayList<>(options.wrapper());
        command.addAll(serve(folder, 256));
        return new ServerProcess(folder, command, listenerCount(options));
    }

    /** Starts a server in such a folder on a heap of that many MiB at most; it has two listeners. */
    public static ServerProcess startSmall(Path folder, int heapMib) throws IOException {
        return new ServerProcess(folder, serve(folder, heapMib), 2);
    }

    private static List<String> serve(Path folder, int heapMib) {
        return Checkout.ftpd(
                heapMib,
                List.of("serve", "--config", folder.resolve("ftpd.properties").toString()));
    }

    /** Starts a server with a command that must end in becoming it, as the launcher does. */
    public static ServerProcess startCommand(Path folder, List<String> command, int listenerCount) throws IOException {
        return new ServerProcess(folder, command, listenerCount);
    }

    /** Writes ftpd.properties and users.properties and makes the homes that are plain relative paths. */
    public static void writeConfiguration(Path folder, ServerOptions options) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(options.settings());
        settings.putIfAbsent("users.file", "users.properties");
        settings.putIfAbsent("state.directory", "state");
        settings.putIfAbsent("control.socket", "run/ftpd.sock");
        writeProperties(folder.resolve("ftpd.properties"), settings);
        Map<String, String> users = new LinkedHashMap<>();
        for (Account account : options.accounts()) {
            users.putAll(account.properties());
            if (!account.home().contains(":")) {
                Files.createDirectories(folder.resolve(account.home()));
            }
        }
        Path file = folder.resolve("users.properties");
        writeProperties(file, users);
        Files.write(file, options.userLines(), StandardOpenOption.APPEND);
    }

    private static void writeProperties(Path file, Map<String, String> properties) throws IOException {
        String lines = properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(file, lines);
    }

    /** A listener is what has a port. */
    private static int listenerCount(ServerOptions options) {
        return Math.toIntExact(options.settings().keySet().stream()
                .filter(key -> key.startsWith("listener.") && key.endsWith(".port"))
                .count());
    }

    private List<InetSocketAddress> awaitListeners(int count) {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> output.size() >= count || !process.isAlive());
        assertThat(output).as("listeners; log:%n%s", logText()).hasSize(count);
        return output.stream().map(ServerProcess::listener).toList();
    }

    private static InetSocketAddress listener(String line) {
        Matcher matcher = LISTENING.matcher(line);
        assertThat(matcher.matches())
                .as("standard output carries only listeners, not: %s", line)
                .isTrue();
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new InetSocketAddress(host, Integer.parseInt(matcher.group(3)));
    }

    @Override
    public List<InetSocketAddress> listeners() {
        return listeners;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public long processId() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the server wrote to its standard output, line by line. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends SIGTERM and waits for the end. Returns the exit code. */
    @Override
    public int stop() {
        terminate();
        return awaitExit();
    }

    public int awaitExit() {
        try {
            assertThat(process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS))
                    .as("the server ended after SIGTERM; log:%n%s", logText())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                stop();
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
