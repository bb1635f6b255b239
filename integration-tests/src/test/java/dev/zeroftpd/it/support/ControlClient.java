package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A control connection in the test's hands: says exactly what it is told to, well-behaved or not, and reads replies one by
 * one. One thread.
 */
public final class ControlClient implements AutoCloseable {

    /** Only a server that never answers is waited for so long. */
    private static final int REPLY_MILLIS = 30_000;

    private static final Pattern EPSV = Pattern.compile("\\(\\|\\|\\|(\\d+)\\|\\)");
    private static final Pattern PASV = Pattern.compile("(\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)");

    /** The TCP connection, below TLS too. */
    private final Socket connection;

    private Socket socket;
    private InputStream input;

    private ControlClient(Socket socket) throws IOException {
        this.connection = socket;
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects and leaves the greeting to the test. */
    public static ControlClient connectUngreeted(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(REPLY_MILLIS);
        socket.connect(server);
        return new ControlClient(socket);
    }

    /** Connects from one of this machine's addresses, and reads the greeting. */
    public static ControlClient connectFrom(InetAddress local, InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(REPLY_MILLIS);
        socket.bind(new InetSocketAddress(local, 0));
        socket.connect(server);
        ControlClient client = new ControlClient(socket);
        assertThat(client.reply().code()).isEqualTo(220);
        return client;
    }

    /** Connects and reads the greeting. */
    public static ControlClient connect(InetSocketAddress server) throws IOException {
        ControlClient client = connectUngreeted(server);
        assertThat(client.reply().code()).isEqualTo(220);
        return client;
    }

    /** Connects, logs in and asks for TYPE I. */
    public static ControlClient login(InetSocketAddress server, Account account) throws IOException {
        ControlClient client = connect(server);
        client.logIn(account);
        client.expect(200, "TYPE I");
        return client;
    }

    /** USER and PASS. */
    public void logIn(Account account) throws IOException {
        expect(331, "USER " + account.name());
        expect(230, "PASS " + account.password());
    }

    /** Begins TLS, which AUTH has announced, and trusts any certificate. Returns the certificate that it was shown. */
    public X509Certificate protect() throws IOException {
        return protect(TrustingTls.context());
    }

    /** The same as another client, and by these protocols only, if any are given. */
    public X509Certificate protect(SSLContext client, String... protocols) throws IOException {
        SSLSocket secured = (SSLSocket) client.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        if (protocols.length > 0) {
            secured.setEnabledProtocols(protocols);
        }
        secured.startHandshake();
        socket = secured;
        input = new BufferedInputStream(secured.getInputStream());
        return (X509Certificate) secured.getSession().getPeerCertificates()[0];
    }

    /** Sends command lines in one write, without waiting for anything. */
    public void send(String... lines) throws IOException {
        sendBytes((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    public void sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends one byte as TCP urgent data, as the Telnet Synch of RFC 959's ABOR does. */
    public void sendUrgent(int value) throws IOException {
        socket.sendUrgentData(value);
    }

    /** Reads the next reply, all of its lines. */
    public Reply reply() throws IOException {
        List<String> lines = new ArrayList<>();
        String first = line();
        lines.add(first);
        // (?s): names in replies may have any character
        assertThat(first).as("a reply").matches("(?s)\\d{3}[ -].*");
        String code = first.substring(0, 3);
        if (first.charAt(3) == '-') {
            String next;
            do {
                next = line();
                lines.add(next);
            } while (!next.startsWith(code + " "));
        }
        return new Reply(Integer.parseInt(code), lines);
    }

    public Reply command(String line) throws IOException {
        send(line);
        return reply();
    }

    /** Sends a command and asserts the code of its reply. */
    public Reply expect(int code, String line) throws IOException {
        send(line);
        return expectReply(code, line);
    }

    /** Asserts the code of the next reply. */
    public Reply expectReply(int code) throws IOException {
        return expectReply(code, "what was sent before");
    }

    private Reply expectReply(int code, String to) throws IOException {
        Reply reply = reply();
        assertThat(reply.code()).as("reply to %s: %s", to, reply.text()).isEqualTo(code);
        return reply;
    }

    /** True if the server closed this connection: no further reply will come. */
    public boolean isEndedByServer() throws IOException {
        try {
            return input.read() == -1;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** True if the server ended this new connection, with or without 421. */
    public boolean endsWithoutGreeting() throws IOException {
        try {
            return reply().code() == 421 && isEndedByServer();
        } catch (EOFException | SocketException ended) {
            return true;
        }
    }

    /** EPSV: the address to connect the data connection to. */
    public InetSocketAddress extendedPassive() throws IOException {
        Reply reply = expect(229, "EPSV");
        return new InetSocketAddress(socket.getInetAddress(), group(EPSV, reply, 1));
    }

    /** PASV: the address that the server announced. */
    public InetSocketAddress passive() throws IOException {
        return passiveAddress(expect(227, "PASV"));
    }

    static InetSocketAddress passiveAddress(Reply reply) {
        String host = "%d.%d.%d.%d"
                .formatted(group(PASV, reply, 1), group(PASV, reply, 2), group(PASV, reply, 3), group(PASV, reply, 4));
        return new InetSocketAddress(host, group(PASV, reply, 5) * 256 + group(PASV, reply, 6));
    }

    private static int group(Pattern pattern, Reply reply, int number) {
        Matcher matcher = pattern.matcher(reply.text().substring(4));
        assertThat(matcher.find()).as(reply.text()).isTrue();
        return Integer.parseInt(matcher.group(number));
    }

    /** EPRT: names a port of this end's own address for the data connection. */
    public void extendedPort(int port) throws IOException {
        InetAddress address = socket.getLocalAddress();
        int family = address instanceof Inet6Address ? 2 : 1;
        expect(200, "EPRT |%d|%s|%d|".formatted(family, address.getHostAddress(), port));
    }

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Ends this side of the connection with FIN; replies can still be read. */
    public void halfClose() throws IOException {
        connection.shutdownOutput();
    }

    /** Ends the connection with RST instead of FIN, without TLS's good-bye. */
    public void reset() throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = input.read(); read != '\n'; read = input.read()) {
            if (read == -1) {
                throw new EOFException("the server closed the control connection after: " + line);
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }
}
