package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String first = String.valueOf(reader.readLine());
        String line = first;
        while (!line.isEmpty()) {
            line = String.valueOf(reader.readLine());
        }
        return new EventStream(socket, reader, Integer.parseInt(first.split(" ", 3)[1]));
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
