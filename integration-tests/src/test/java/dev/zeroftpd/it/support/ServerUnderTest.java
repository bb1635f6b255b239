package dev.zeroftpd.it.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a test may ask of a server that runs: where it listens, what is in its folder, and what the kernel knows of its
 * process. Any thread.
 */
public interface ServerUnderTest {

    /** Every address that the server says it listens on, in the order of its lines. */
    List<InetSocketAddress> listeners();

    /** Where its configuration, its users, its log and the accounts' relative homes are. */
    Path folder();

    long processId();

    /** Sends SIGTERM and waits for the end, which gives the exit code. */
    int stop();

    /** The first listener of an address family. */
    default InetSocketAddress listener(Way.Family family) {
        return listeners().stream()
                .filter(listener -> family.includes(listener.getAddress()))
                .findFirst()
                .orElseThrow();
    }

    /** The IPv4 listener. */
    default InetSocketAddress address() {
        return listener(Way.Family.IPV4);
    }

    /** Alice's home. */
    default Path home() {
        return folder().resolve("home");
    }

    /** Where the server's standard error goes. */
    default Path log() {
        return folder().resolve("server.log");
    }

    default String logText() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line in the log: lines about a transfer may come after its reply. */
    default String awaitLogLine(Predicate<String> wanted) {
        return await().until(() -> logText().lines().filter(wanted).findFirst(), line -> line.isPresent())
                .orElseThrow();
    }

    /**
     * Open descriptors of the process. The JDK opens epoll instances for its virtual threads as it needs them and keeps
     * them: they don't count. (A selector that leaked would still be seen: it has an eventfd too.)
     */
    default long descriptors() {
        return descriptorsWhoseTarget(target -> !target.equals("anon_inode:[eventpoll]"));
    }

    /** Open descriptors that lead to {@code file}. */
    default long descriptorsOf(Path file) {
        return descriptorsWhoseTarget(target -> target.equals(file.toString()));
    }

    private long descriptorsWhoseTarget(Predicate<String> wanted) {
        try (Stream<Path> links = Files.list(proc("fd"))) {
            return links.map(ServerUnderTest::target).filter(wanted).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Platform threads of the process. */
    default int threads() {
        try (Stream<Path> tasks = Files.list(proc("task"))) {
            return Math.toIntExact(tasks.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** MiB of memory that the process holds now. */
    default long residentMebibytes() {
        return mebibytes("VmRSS:");
    }

    /** MiB of memory that the process has held at most. */
    default long peakMebibytes() {
        return mebibytes("VmHWM:");
    }

    private long mebibytes(String key) {
        try (Stream<String> lines = Files.lines(proc("status"))) {
            String line = lines.filter(each -> each.startsWith(key)).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path proc(String what) {
        return Path.of("/proc", Long.toString(processId()), what);
    }

    /** Sends SIGHUP, which makes the server read its configuration again. */
    default void hangUp() throws IOException {
        Command.run(folder(), "kill", "-HUP", Long.toString(processId())).expectExit(0);
    }
}
