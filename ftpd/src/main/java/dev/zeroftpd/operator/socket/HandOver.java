package dev.zeroftpd.operator.socket;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How a server that starts asks the one that has its control socket to leave it: one that drains does. Stateless; one thread.
 */
public final class HandOver {

    /** What is asked. */
    public static final String COMMAND = "make-way";

    /** A server answers within milliseconds; one that hangs must not keep another from starting. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int LONGEST_ANSWER = 4096;

    private HandOver() {}

    /**
     * Asks.
     *
     * @param other connected, non-blocking
     * @throws EOFException if it has ended before it answered
     * @throws IOException if it stays, and says why
     */
    static void ask(SocketChannel other, Path path) throws IOException {
        String request = JsonLine.of(Map.of("command", COMMAND)) + "\n";
        Map<String, Object> answer = JsonLine.parse(line(other, request, path));
        if (!"done".equals(answer.get("result"))) {
            throw new IOException(answer.get("message") + " at " + path);
        }
    }

    private static String line(SocketChannel other, String request, Path path) throws IOException {
        try {
            other.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) { // it doesn't listen any more
            throw ended(path, e);
        }
        try {
            return line(other, path);
        } catch (SocketException e) { // a reset
            throw ended(path, e);
        }
    }

    private static EOFException ended(Path path, IOException why) {
        return (EOFException) new EOFException("what has " + path + " ended the connection").initCause(why);
    }

    private static String line(SocketChannel other, Path path) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
        try (Selector selector = Selector.open()) {
            other.register(selector, SelectionKey.OP_READ);
            while (answer.position() == 0 || answer.get(answer.position() - 1) != '\n') {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left > 0 && selector.select(left) > 0 && other.read(answer) < 0) {
                    throw new EOFException("what has " + path + " ended the connection without an answer");
                }
                if (left <= 0 || !answer.hasRemaining()) {
                    throw new IOException("a process that doesn't answer as this server has " + path);
                }
                selector.selectedKeys().clear();
            }
        }
        return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
    }
}
