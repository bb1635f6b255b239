package dev.zeroftpd.operator;

import dev.zeroftpd.operator.socket.Deadlines;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operator's connection: reads requests and writes what answers them, one after the other. One virtual thread.
 *
 * <p>Bounded in memory and time: a line has an end, and an operator who is silent for too long or doesn't read is disconnected.
 */
final class Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    /** Requests have some hundred bytes. */
    private static final int LONGEST_REQUEST = 16 * 1024;

    /** For a request, and for a piece of an answer to be read. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PIECE = 32 * 1024;

    private final SocketChannel channel;
    private final Map<String, OperatorCommand> commands;
    private final Deadlines deadlines;
    private final ByteBuffer input = ByteBuffer.allocate(LONGEST_REQUEST).flip();
    private final StringBuilder output = new StringBuilder();

    Conversation(SocketChannel channel, Map<String, OperatorCommand> commands, Deadlines deadlines) {
        this.channel = channel;
        this.commands = commands;
        this.deadlines = deadlines;
    }

    /** Until the operator leaves. */
    void hold() throws IOException {
        Optional<String> line = read();
        while (line.isPresent()) {
            answer(line.get());
            line = read();
        }
    }

    private void answer(String line) throws IOException {
        Map<String, Object> result = new LinkedHashMap<>();
        try {
            Request request = Request.parse(line);
            String name = request.command();
            OperatorCommand command = Optional.ofNullable(commands.get(name))
                    .orElseThrow(() -> Refused.wrong("this server knows no command of that name"));
            command.run(request, lines());
            result.put("result", "done");
        } catch (Refused refused) {
            result = refusal(String.valueOf(refused.getMessage()), refused.exitCode());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("A command of the operator failed", e);
            result = refusal("the command failed: the server's log says why", Refused.FAILED);
        }
        append(result);
        flush();
    }

    static Map<String, Object> refusal(String why, int exitCode) {
        Map<String, Object> refusal = new LinkedHashMap<>();
        refusal.put("result", "refused");
        refusal.put("code", exitCode);
        refusal.put("message", why);
        return refusal;
    }

    private Answer lines() {
        return new Answer() {
            @Override
            public void line(Map<String, ?> object) throws IOException {
                append(object);
                if (output.length() >= PIECE) {
                    Conversation.this.flush();
                }
            }

            @Override
            public void flush() throws IOException {
                Conversation.this.flush();
            }

            @Override
            public boolean isHeard() throws IOException {
                return Conversation.this.isHeard();
            }
        };
    }

    private void append(Map<String, ?> object) {
        output.append(JsonLine.of(object)).append('\n');
    }

    private void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(output.toString().getBytes(StandardCharsets.US_ASCII));
        output.setLength(0);
        try (var _ = deadlines.within(PATIENCE, channel)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** What comes meanwhile is kept for later. */
    private boolean isHeard() throws IOException {
        channel.configureBlocking(false);
        input.compact();
        try {
            return !input.hasRemaining() || channel.read(input) >= 0;
        } finally {
            input.flip();
            channel.configureBlocking(true);
        }
    }

    /** Empty at the end. */
    private Optional<String> read() throws IOException {
        int searched = 0;
        while (true) {
            for (int i = searched; i < input.remaining(); i++) {
                if (input.get(input.position() + i) == '\n') {
                    return Optional.of(take(i));
                }
            }
            searched = input.remaining();
            input.compact();
            if (!input.hasRemaining()) {
                append(refusal("the request is longer than " + LONGEST_REQUEST + " bytes", Refused.WRONG));
                flush();
                return Optional.empty();
            }
            try (var _ = deadlines.within(PATIENCE, channel)) {
                if (channel.read(input) < 0) {
                    return Optional.empty();
                }
            }
            input.flip();
        }
    }

    private String take(int length) {
        byte[] line = new byte[length];
        input.get(line);
        input.get(); // the end of the line
        return new String(line, StandardCharsets.UTF_8);
    }
}
