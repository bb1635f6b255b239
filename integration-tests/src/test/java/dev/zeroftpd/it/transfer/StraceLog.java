package dev.zeroftpd.it.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the kernel was asked to move by a traced server: every system call that carries bytes, with the file or socket
 * behind each descriptor, of all threads in the order of time. Immutable.
 *
 * <p>strace writes one file a thread, so that no call is split over two lines, and flushes every line before the thread
 * goes on: once a client has its reply, the calls before that reply can be read.
 */
record StraceLog(List<Call> calls) {

    /** Every call that can move file data or socket data through or past a process. */
    private static final String CARRIERS = "sendfile,splice,copy_file_range,tee,vmsplice,mmap,"
            + "read,pread64,readv,preadv,preadv2,recvfrom,recvmsg,recvmmsg,"
            + "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg";

    private static final Pattern CALL =
            Pattern.compile("(\\d+)\\.(\\d{9}) (\\w+)\\((.*)\\) += (-?\\d+|0x[0-9a-f]+|\\?)(.*)");
    private static final Pattern DESCRIPTOR = Pattern.compile("\\d+<([^>]*)>");

    StraceLog {
        calls = List.copyOf(calls);
    }

    /**
     * One system call.
     *
     * @param nanos when it began, by the clock of the machine
     * @param objects what stands behind its descriptors, in their order: a path, or {@code TCP:[...]} and the like
     * @param result bytes moved; negative for an error
     */
    record Call(long nanos, String name, List<String> objects, long result) {

        Call {
            objects = List.copyOf(objects);
        }

        boolean touches(Path file) {
            return objects.contains(file.toString());
        }

        boolean sendsToSocket() {
            return name.equals("sendfile") && objects.getFirst().startsWith("TCP");
        }

        boolean writesToSocket() {
            return !objects.isEmpty() && objects.getFirst().startsWith("TCP") && !READS.contains(name);
        }
    }

    private static final List<String> READS = List.of("read", "readv", "recvfrom", "recvmsg", "recvmmsg");

    /** The command that traces a server; its pid stays the server's, because strace becomes the grandchild. */
    static List<String> command(Path folder, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-D",
                "-ff",
                "-yy",
                "--seccomp-bpf",
                "--absolute-timestamps=unix,ns",
                // The data itself is of no interest; descriptors and counts are.
                "-s",
                "0",
                "-e",
                "trace=" + CARRIERS,
                "-o",
                folder.resolve("trace").toString()));
        command.addAll(List.of(more));
        return command;
    }

    static StraceLog read(Path folder) throws IOException {
        List<Call> calls = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                    lines.map(CALL::matcher)
                            .filter(Matcher::matches)
                            .map(StraceLog::call)
                            .forEach(calls::add);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
        calls.sort(Comparator.comparingLong(Call::nanos));
        return new StraceLog(calls);
    }

    private static Call call(Matcher line) {
        List<String> objects = DESCRIPTOR
                .matcher(line.group(4))
                .results()
                .map(found -> found.group(1))
                .toList();
        String result = line.group(5);
        long bytes = result.equals("?") ? -1 : Long.decode(result);
        return new Call(Long.parseLong(line.group(1) + line.group(2)), line.group(3), objects, bytes);
    }

    /** Bytes that sendfile moved from a file to a TCP socket. The probe of a device sends its byte to /dev/null. */
    long bytesSentFrom(Path file) {
        return calls.stream()
                .filter(call -> call.sendsToSocket() && call.touches(file) && call.result() > 0)
                .mapToLong(Call::result)
                .sum();
    }

    /**
     * Calls other than sendfile that moved bytes of the file: reads, mappings, copies. (Before each sendfile the JDK tries
     * copy_file_range, which the kernel refuses for a socket.)
     */
    List<Call> otherCallsThatMoved(Path file) {
        return calls.stream()
                .filter(call -> !call.name().equals("sendfile") && call.touches(file) && call.result() > 0)
                .toList();
    }

    /** What left by TCP sockets, replies and data, in the order in which the calls began. */
    List<Call> sendsToSockets() {
        return calls.stream()
                .filter(call -> call.writesToSocket() && call.result() > 0)
                .toList();
    }

    /** Bytes written to TCP sockets by calls that carry them through the process: replies, and streamed data. */
    long bytesWrittenToSockets() {
        return calls.stream()
                .filter(call -> call.writesToSocket() && !call.name().equals("sendfile") && call.result() > 0)
                .mapToLong(Call::result)
                .sum();
    }
}
