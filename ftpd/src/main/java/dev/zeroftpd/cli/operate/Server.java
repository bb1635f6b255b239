package dev.zeroftpd.cli.operate;

import dev.zeroftpd.operator.socket.JsonLine;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running server, as it answers on its control socket. One thread. */
final class Server implements Closeable {

    private final SocketChannel channel;
    private final BufferedReader answers;

    private Server(SocketChannel channel) {
        this.channel = channel;
        this.answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** Takes each line of an answer as it comes. */
    @FunctionalInterface
    interface Lines {
        void take(Map<String, Object> line) throws IOException;
    }

    /** @throws Unanswered if no server is there, or it may not be asked */
    static Server connect(Path socket) throws Unanswered {
        try {
            return new Server(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        } catch (SocketException e) {
            throw Unanswered.at(socket, e);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw Unanswered.because(socket + ": " + e.getMessage());
        }
    }

    /**
     * Asks, and waits for the end of the answer.
     *
     * @throws Unanswered if the server refuses to do it, or ends before it has answered
     */
    void ask(Map<String, ?> request, Lines lines) throws Unanswered, IOException {
        send(request);
        for (Map<String, Object> line = next(); !isEnd(line); line = next()) {
            lines.take(line);
        }
    }

    /** The same for an answer that fits into the memory. */
    List<Map<String, Object>> ask(Map<String, ?> request) throws Unanswered, IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        ask(request, lines::add);
        return lines;
    }

    /** Waits until the server ends the connection. */
    void awaitEnd() throws IOException {
        answers.transferTo(Writer.nullWriter());
    }

    /** A server that refuses to listen says why before it hangs up: whether this arrives, its answer decides. */
    private void send(Map<String, ?> request) {
        ByteBuffer line = ByteBuffer.wrap((JsonLine.of(request) + "\n").getBytes(StandardCharsets.US_ASCII));
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException _) {
            // the answer says why, or there is none
        }
    }

    private Map<String, Object> next() throws IOException {
        @Nullable String line = answers.readLine();
        if (line == null) {
            throw new EOFException("the server ended the connection");
        }
        return JsonLine.parse(line);
    }

    private static boolean isEnd(Map<String, Object> line) throws Unanswered {
        @Nullable Object result = line.get("result");
        if (result == null || result.equals("done")) {
            return result != null;
        }
        throw new Unanswered(
                String.valueOf(line.get("message")), line.get("code") instanceof Integer code ? code : ExitCode.FAILED);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
