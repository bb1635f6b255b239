package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A stream of events, read when a test wants the next. One thread. */
final class EventStream implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader reader;
    private final int status;
    private String name = "";

    private EventStream(Socket socket, BufferedReader reader, int status) {
        this.socket = socket;
        this.reader = reader;
        this.status = status;
    }

    /** One event. */
    record Event(String name, String json) {

        Map<String, Object> data() throws IOException {
            return JSON.std.mapFrom(json);
        }

        /** A list of objects in it. */
        @SuppressWarnings("unchecked") // the keys of JSON are texts
        List<Map<String, Object>> rows(String field) throws IOException {
            return (List<Map<String, Object>>) data().getOrDefault(field, List.of());
        }
    }

    static EventStream of(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String first = line(in);
        boolean chunked = false;
        for (String line = first; !line.isEmpty(); line = line(in)) {
            chunked |= line.equalsIgnoreCase("Transfer-Encoding: chunked");
        }
        InputStream body = chunked ? new Chunks(in) : in;
        return new EventStream(
                socket,
                new BufferedReader(new InputStreamReader(body, StandardCharsets.US_ASCII)),
                Integer.parseInt(first.split(" ", 3)[1]));
    }

    /** Without its end; empty at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** What is in the chunks (RFC 9112, section 7.1): a long line of an event has several. */
    private static final class Chunks extends InputStream {

        private final InputStream in;
        private int left;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                String size = line(in);
                left = size.isEmpty() ? 0 : HexFormat.fromHexDigits(size);
            }
            if (left == 0) {
                return -1;
            }
            int read = in.read(into, offset, Math.min(left, length));
            left -= Math.max(0, read);
            if (read > 0 && left == 0) {
                line(in);
            }
            return read;
        }
    }

    int status() {
        return status;
    }

    /** As its first event says it. */
    String name() throws IOException {
        if (name.isEmpty()) {
            name = String.valueOf(next("hello").data().get("stream"));
        }
        return name;
    }

    /** The next event of that name; others before it are skipped. */
    Event next(String wanted) throws IOException {
        return next(event -> event.name().equals(wanted));
    }

    /** The next one that is wanted. */
    Event next(Predicate<Event> wanted) throws IOException {
        String event = "";
        while (true) {
            @Nullable String line = reader.readLine();
            if (line == null) {
                throw new EOFException("the stream has ended");
            }
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                Event found = new Event(event, line.substring("data: ".length()));
                assertThat(found.json().chars()).as("ASCII in one line").allMatch(c -> c >= ' ' && c <= 0x7f);
                if (wanted.test(found)) {
                    return found;
                }
            }
        }
    }

    /** Whether the server has ended it; waits for that. */
    boolean isEnded() throws IOException {
        try {
            while (reader.readLine() != null) {
                // what was on the way
            }
        } catch (java.net.SocketException reset) {
            return true;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
