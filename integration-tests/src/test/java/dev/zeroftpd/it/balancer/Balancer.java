package dev.zeroftpd.it.balancer;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a balancer at 127.0.0.1 sends in front of its clients' bytes, and connections that begin with it. Immutable. */
final class Balancer {

    /** Addresses of no host, for documentation. */
    static final String CLIENT = "203.0.113.5";

    static final String OTHER = "203.0.113.6";

    /** Where the balancer's clients connect to. */
    static final String FRONT = "198.51.100.1";

    private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);
    private static final int IPV4 = 0x11;
    private static final int IPV6 = 0x21;

    private Balancer() {}

    /** A server that believes 127.0.0.1 and ::1, and no other address of this machine. */
    static ServerOptions server() {
        return ServerOptions.standard()
                .with("listener.proxy-protocol", "required")
                .with("listener.proxy-from", "127.0.0.1,::1");
    }

    /** Runs curl in {@code folder} as alice, from the address {@code client} of this machine, and expects that it succeeds. */
    static void curl(Path folder, String client, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--interface", client));
        line.addAll(List.of("--user", Account.ALICE.name() + ":" + Account.ALICE.password()));
        line.addAll(List.of(arguments));
        Command.run(folder, line.toArray(new String[0])).expectExit(0);
    }

    static byte[] line(String client) {
        return "PROXY TCP4 %s %s 50001 21\r\n".formatted(client, FRONT).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] block(String client) {
        return block(client, client.contains(":") ? "2001:db8::99" : FRONT, new byte[0]);
    }

    /** Version 2, with {@code vectors} behind the addresses. */
    static byte[] block(String client, String front, byte[] vectors) {
        byte[] source = InetAddress.ofLiteral(client).getAddress();
        byte[] destination = InetAddress.ofLiteral(front).getAddress();
        ByteBuffer body = ByteBuffer.allocate(2 * source.length + 4 + vectors.length)
                .put(source)
                .put(destination)
                .putShort((short) 50001)
                .putShort((short) 21)
                .put(vectors);
        return block(1, source.length == 4 ? IPV4 : IPV6, body.array());
    }

    static byte[] local() {
        return block(0, 0, new byte[0]);
    }

    static byte[] block(int command, int family, byte[] body) {
        return ByteBuffer.allocate(SIGNATURE.length + 4 + body.length)
                .put(SIGNATURE)
                .put((byte) (0x20 | command))
                .put((byte) family)
                .putShort((short) body.length)
                .put(body)
                .array();
    }

    static byte[] both(byte[] first, byte[] second) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first);
        bytes.writeBytes(second);
        return bytes.toByteArray();
    }

    /** Connects and says that; the greeting is left to the test. */
    static ControlClient say(InetSocketAddress server, byte[] header) throws IOException {
        ControlClient client = ControlClient.connectUngreeted(server);
        client.sendBytes(header);
        return client;
    }

    static ControlClient connect(InetSocketAddress server, String from) throws IOException {
        ControlClient client = say(server, block(from));
        client.expectReply(220);
        return client;
    }

    static ControlClient login(InetSocketAddress server, String from) throws IOException {
        ControlClient client = connect(server, from);
        client.logIn(Account.ALICE);
        client.expect(200, "TYPE I");
        return client;
    }

    /** A data connection that EPSV has announced. */
    static DataClient data(ControlClient control, byte[] header) throws IOException {
        DataClient data = DataClient.connect(control.extendedPassive());
        data.output().write(header);
        return data;
    }
}
