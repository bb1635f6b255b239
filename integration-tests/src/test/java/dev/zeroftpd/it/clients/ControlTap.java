package dev.zeroftpd.it.clients;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes control connections on to a server and keeps what was said, so that a test knows what a client really did. Any
 * thread may ask it. Data connections go past it, because the addresses that they are made from are the server's own.
 */
final class ControlTap implements AutoCloseable {

    /** The extension of a ServerHello that chooses TLS 1.3 (RFC 8446, 4.2.1). */
    private static final String CHOOSES_TLS_1_3 = "002b00020304";

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final List<Conversation> conversations = new CopyOnWriteArrayList<>();

    private ControlTap(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /** Listens at a free port of the server's own address. */
    static ControlTap before(InetSocketAddress server) throws IOException {
        InetAddress address = server.getAddress();
        ControlTap tap = new ControlTap(new ServerSocket(0, 50, address), server);
        Thread.ofVirtual().name("control-tap").start(tap::accept);
        return tap;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept() {
        try {
            while (true) {
                Conversation conversation =
                        new Conversation(listener.accept(), new Socket(server.getAddress(), server.getPort()));
                conversations.add(conversation);
                conversation.start();
            }
        } catch (IOException closed) {
            // By close(), or the server is gone: then the client says so.
        }
    }

    /** Every line that clients sent in clear, in order. */
    List<String> commands() {
        return conversations.stream()
                .flatMap(conversation -> conversation.said.lines().stream())
                .toList();
    }

    /** Whether the server chose TLS 1.3 on a control connection. */
    boolean sawTls13() {
        return conversations.stream()
                .anyMatch(conversation -> conversation.answered.hex().contains(CHOOSES_TLS_1_3));
    }

    /** What was said, for the message of a test that failed. */
    String transcript() {
        StringBuilder text = new StringBuilder();
        for (Conversation conversation : conversations) {
            text.append("client:\n").append(String.join("\n", conversation.said.lines()));
            text.append("\nserver:\n")
                    .append(String.join("\n", conversation.answered.lines()))
                    .append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Conversation conversation : conversations) {
            conversation.close();
        }
    }

    /** One control connection, both ways. */
    private static final class Conversation {

        private final Socket client;
        private final Socket server;
        private final Direction said = new Direction();
        private final Direction answered = new Direction();

        Conversation(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            // A client's urgent data, as behind ABOR, goes on as ordinary bytes.
            client.setOOBInline(true);
        }

        void start() {
            Thread.ofVirtual().name("client-to-server").start(() -> said.pass(client, server));
            Thread.ofVirtual().name("server-to-client").start(() -> answered.pass(server, client));
        }

        void close() throws IOException {
            client.close();
            server.close();
        }
    }

    /** What goes one way. */
    private static final class Direction {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        /** Ends the other direction too once this one is over, as a broken line does. */
        void pass(Socket from, Socket to) {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read != -1; read = in.read(buffer)) {
                    bytes.write(buffer, 0, read);
                    out.write(buffer, 0, read);
                }
            } catch (IOException gone) {
                // Either side left: closing both says so to the other.
            }
        }

        /** Up to where TLS begins: what follows is no text. */
        List<String> lines() {
            return bytes.toString(StandardCharsets.UTF_8)
                    .lines()
                    .takeWhile(line -> !line.startsWith("\u0016\u0003"))
                    .map(line -> line.replaceAll("\\p{Cntrl}", "·"))
                    .toList();
        }

        String hex() {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
    }
}
