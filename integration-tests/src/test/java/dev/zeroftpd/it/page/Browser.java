package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.ServerUnderTest;
import dev.zeroftpd.it.support.TrustingTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A browser at the live page of a server, which sends what a test wants, byte by byte. One thread. */
final class Browser {

    static final String OURS = "X-ZeroFTPd-Page: 1";

    static final String JSON_TYPE = "Content-Type: application/json";

    private static final int PATIENCE_MILLIS = 40_000;

    private final URI page;
    private final String from;
    private String cookie = "";

    private Browser(URI page, String from) {
        this.page = page;
        this.from = from;
    }

    /** One answer. */
    record Answer(int status, String head, String body) {

        Map<String, Object> json() throws IOException {
            return JSON.std.mapFrom(body);
        }

        /** Its first value; empty if there is none. */
        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** A link of the server, asked for on its control socket. */
    static URI link(ServerUnderTest server, String role) throws IOException {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(Operator.socket(server)))) {
            String request = "{\"command\":\"web-login\",\"role\":\"" + role + "\",\"name\":\"tester\"}\n";
            socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            socket.shutdownOutput();
            String answer = new String(Channels.newInputStream(socket).readAllBytes(), StandardCharsets.UTF_8);
            return URI.create(String.valueOf(
                    JSON.std.mapFrom(answer.lines().findFirst().orElseThrow()).get("url")));
        }
    }

    /** One that isn't signed in yet. */
    static Browser at(URI page) {
        return from("127.0.0.1", page);
    }

    /** The same with another address of the loopback interface. */
    static Browser from(String address, URI page) {
        return new Browser(page, address);
    }

    /** One that is signed in. */
    static Browser signedIn(ServerUnderTest server, String role) throws IOException {
        URI link = link(server, role);
        Browser browser = at(link);
        assertThat(browser.signIn(link).status()).isEqualTo(200);
        return browser;
    }

    /** What a link's fragment has. */
    static String token(URI link) {
        return link.getFragment().substring("login=".length());
    }

    /** Posts the token, and keeps the cookie that comes. */
    Answer signIn(URI link, String... headers) throws IOException {
        Answer answer = post("sign-in", Map.of("token", token(link)), headers);
        String set = answer.header("Set-Cookie");
        if (!set.isEmpty()) {
            cookie = set.substring(0, set.indexOf(';'));
        }
        return answer;
    }

    /** What it would show. */
    String cookie() {
        return cookie;
    }

    /** The page's own, as a browser says it. */
    String origin() {
        return page.getScheme() + "://" + page.getAuthority();
    }

    /** @param path behind the prefix */
    Answer get(String path, String... headers) throws IOException {
        return ask("GET", path, "", headers);
    }

    /** As the page's script does it. */
    Answer post(String path, Map<String, ?> body, String... more) throws IOException {
        List<String> headers = new ArrayList<>(List.of(more));
        headers.addAll(List.of(OURS, JSON_TYPE));
        if (headers.stream().noneMatch(header -> header.startsWith("Origin:"))) {
            headers.add("Origin: " + origin());
        }
        return ask("POST", "api/" + path, JSON.std.asString(body), headers.toArray(new String[0]));
    }

    Answer act(Map<String, ?> body) throws IOException {
        return post("do", body);
    }

    /** With the cookie, and nothing else that a test doesn't name. */
    Answer ask(String method, String path, String body, String... headers) throws IOException {
        try (Socket socket = connect()) {
            send(socket, "HTTP/1.1", method, path, body, headers);
            return answer(socket);
        }
    }

    /** As a client of 1996. */
    Answer askOld(String path) throws IOException {
        try (Socket socket = connect()) {
            send(socket, "HTTP/1.0", "GET", path, "");
            return answer(socket);
        }
    }

    private static Answer answer(Socket socket) throws IOException {
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int blank = text.indexOf("\r\n\r\n");
        assertThat(blank).as("an answer, not: %s", text).isPositive();
        return new Answer(
                Integer.parseInt(text.split(" ", 3)[1].strip()), text.substring(0, blank), text.substring(blank + 4));
    }

    private void send(Socket socket, String version, String method, String path, String body, String... headers)
            throws IOException {
        StringBuilder request = new StringBuilder(method + " " + page.getPath() + path + " " + version + "\r\n");
        boolean named = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            named |= header.startsWith("Host:");
        }
        request.append(named ? "" : "Host: " + page.getAuthority() + "\r\n");
        request.append(cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.append(method.equals("POST") ? "Content-Length: " + bytes.length + "\r\n" : "");
        request.append("Connection: close\r\n\r\n").append(body);
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setReceiveBufferSize(16 * 1024); // the smaller, the sooner a page that doesn't read is noticed
        if (!page.getHost().contains(":")) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        }
        socket.connect(new InetSocketAddress(page.getHost().replaceAll("[\\[\\]]", ""), page.getPort()));
        return page.getScheme().equals("https")
                ? TrustingTls.context().getSocketFactory().createSocket(socket, page.getHost(), page.getPort(), true)
                : socket;
    }

    /** Opens the stream of events; the answer's head has been read. */
    EventStream stream() throws IOException {
        Socket socket = connect();
        send(socket, "HTTP/1.1", "GET", "api/stream", "", "Accept: text/event-stream");
        return EventStream.of(socket);
    }

    /** Says what the page shows. */
    Answer show(EventStream stream, String view, Map<String, ?> what) throws IOException {
        return post(
                "view",
                what.isEmpty()
                        ? Map.of("stream", stream.name(), "view", view)
                        : Map.of("stream", stream.name(), "view", view, view.equals("now") ? "sessions" : view, what));
    }
}
