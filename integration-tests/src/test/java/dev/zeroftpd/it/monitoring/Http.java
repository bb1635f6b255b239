package dev.zeroftpd.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.ServerUnderTest;
import dev.zeroftpd.it.support.TrustingTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/**
 * Asks the server over HTTP, byte by byte as a test wants it. Any thread.
 *
 * @param address as the server's log tells it
 */
record Http(URI address) {

    private static final Pattern TOLD = Pattern.compile("Metrics and health on (\\S+)");

    private static final int PATIENCE_MILLIS = 30_000;

    /** The one that the server tells of. */
    static Http of(ServerUnderTest server) {
        Matcher line =
                TOLD.matcher(server.awaitLogLine(text -> TOLD.matcher(text).find()));
        assertThat(line.find()).isTrue();
        return new Http(URI.create(line.group(1)));
    }

    /** One answer, with its headers. */
    record Answer(int status, String head, String body) {

        /** The sample whose name and labels are exactly these; 0 where there is none yet. */
        double value(String sample) {
            return body.lines()
                    .filter(line -> line.startsWith(sample + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                    .findFirst()
                    .orElse(0);
        }
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(address.getHost().replaceAll("[\\[\\]]", ""), address.getPort());
    }

    boolean isSecure() {
        return address.getScheme().equals("https");
    }

    /** Without TLS. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(socketAddress());
        return socket;
    }

    /** @param path without the prefix */
    Answer get(String path, String... headers) throws IOException {
        return ask("GET " + address.getPath() + path + " HTTP/1.1", headers);
    }

    Answer metrics() throws IOException {
        Answer answer = get("metrics");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** Names {@code localhost} as the host, unless a header does. */
    Answer ask(String requestLine, String... headers) throws IOException {
        try (Socket socket = isSecure() ? secured() : connect()) {
            StringBuilder request = new StringBuilder(requestLine).append("\r\n");
            boolean named = false;
            for (String header : headers) {
                request.append(header).append("\r\n");
                named |= header.startsWith("Host:");
            }
            request.append(named ? "" : "Host: localhost\r\n").append("Connection: close\r\n\r\n");
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private SSLSocket secured() throws IOException {
        return (SSLSocket)
                TrustingTls.context().getSocketFactory().createSocket(connect(), "localhost", address.getPort(), true);
    }

    X509Certificate certificate() throws IOException {
        try (SSLSocket socket = secured()) {
            socket.startHandshake();
            return (X509Certificate) Objects.requireNonNull(socket.getSession().getPeerCertificates())[0];
        }
    }

    /** The answer to a client with this address of the loopback interface. */
    Answer getFrom(String local, String path) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(local), 0));
            socket.connect(socketAddress());
            socket.getOutputStream()
                    .write(("GET " + address.getPath() + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Answer answer(String text) {
        int blank = text.indexOf("\r\n\r\n");
        assertThat(blank).as("an answer, not: %s", text).isPositive();
        int status = Integer.parseInt(text.split(" ", 3)[1].strip());
        return new Answer(status, text.substring(0, blank), text.substring(blank + 4));
    }
}
