package dev.zeroftpd.it.hooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server that takes events by POST. Any thread. */
final class Listener implements AutoCloseable {

    /** One request. */
    record Post(String body, @Nullable String signature) {}

    private final HttpServer server;
    private final List<Post> posts = Collections.synchronizedList(new ArrayList<>());

    private Listener(HttpServer server) {
        this.server = server;
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** On a port of this machine; 0 for any. */
    static Listener plain(int port) throws IOException {
        return new Listener(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    }

    static Listener secured(SSLContext identity) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity));
        return new Listener(server);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posts.add(new Post(body, exchange.getRequestHeaders().getFirst("X-ZeroFTPd-Signature")));
            byte[] answer = "thank you\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Post> posts() {
        return List.copyOf(posts);
    }

    /** The bodies, as they came. */
    List<String> bodies() {
        return posts().stream().map(Post::body).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
