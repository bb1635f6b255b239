package dev.zeroftpd.admin.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.zeroftpd.admin.http.Caller;
import dev.zeroftpd.admin.http.Deadlines;
import dev.zeroftpd.admin.http.Exchanges;
import dev.zeroftpd.admin.http.Site;
import dev.zeroftpd.admin.page.history.KeptHistory;
import dev.zeroftpd.admin.page.live.Viewer;
import dev.zeroftpd.admin.page.live.Viewers;
import dev.zeroftpd.admin.page.sign.PageRole;
import dev.zeroftpd.admin.page.sign.SignIns;
import dev.zeroftpd.admin.page.sign.SignedIn;
import dev.zeroftpd.admin.page.source.EndedTransfers;
import dev.zeroftpd.admin.page.source.Watched;
import dev.zeroftpd.operator.ServerStatus;
import dev.zeroftpd.ops.FewLines;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Shows a browser what the server does. Any thread; each open page has a virtual one, and there is none without pages.
 */
public final class LivePage implements Site, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);

    private static final FewLines FAULTS = FewLines.perMinute(LOG, 2);

    /** For a request to come, and again for its answer to be read. What is done in between has no end set. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String API = "api/";

    private static final String STREAM = "api/stream";

    private static final String GET = "GET";

    private static final String HEAD = "HEAD";

    private static final String POST = "POST";

    private final Watched watched;
    private final Instant started = Instant.now();
    private final SignIns signIns = new SignIns(System::nanoTime);
    private final Cookies cookies = new Cookies(signIns);
    private final Viewers viewers;
    private final Api api;
    private final Files files = Files.load();

    /** @param transfers hears of each that ends */
    public LivePage(Watched watched, EndedTransfers transfers, KeptHistory history) {
        this.watched = watched;
        this.viewers = new Viewers(watched, transfers, history, signIns);
        this.api = new Api(watched, signIns, cookies, viewers, transfers, history);
    }

    /** What a link to the page ends with to sign a browser in, once: browsers send no such part to any server. */
    public String invite(PageRole role, String name) {
        String link = "#login=" + signIns.offer(role, name);
        watched.audit(name, "", "got a link as " + role);
        return link;
    }

    @Override
    public void answer(HttpExchange exchange, Caller caller, String path, Deadlines deadlines) throws IOException {
        if (path.equals(STREAM) && exchange.getRequestMethod().equals(GET)) {
            stream(exchange, deadlines);
            return;
        }
        try (exchange) {
            byte[] posted;
            try (var _ = deadlines.within(PATIENCE)) {
                posted = Posted.bytes(exchange);
                Exchanges.endRequest(exchange);
            }
            Reply reply;
            try {
                reply = reply(exchange, caller, path, posted);
            } catch (RuntimeException e) {
                FAULTS.write(Level.ERROR, () -> "The live page's " + path + " was not answered", e);
                reply = Reply.error(Reply.FAILED, "failed", "The server's log says why this failed.");
            }
            send(exchange, reply, deadlines);
        }
    }

    private Reply reply(HttpExchange exchange, Caller caller, String path, byte[] posted) {
        String method = exchange.getRequestMethod();
        boolean reads = method.equals(GET) || method.equals(HEAD);
        if (!path.startsWith(API)) {
            return reads
                    ? files.find(path, exchange.getRequestHeaders()).orElseGet(this::noFile)
                    : wrongMethod("GET, HEAD");
        }
        String what = path.substring(API.length());
        return switch (method) {
            case GET -> api.get(exchange, what);
            case POST -> api.post(exchange, caller, what, posted);
            default -> wrongMethod("GET, POST");
        };
    }

    private Reply noFile() {
        return files.areThere()
                ? Reply.notFound()
                : Reply.error(Reply.NOT_FOUND, "build", "This build has no page: it was made without Node.js.");
    }

    private static Reply wrongMethod(String allowed) {
        return Reply.error(Reply.WRONG_METHOD, "method", "Only " + allowed + " are known here.")
                .with("Allow", allowed);
    }

    /** Only clients that got what they wanted keep their connection: others would take the place of those. */
    private static void send(HttpExchange exchange, Reply reply, Deadlines deadlines) throws IOException {
        Headers headers = headers(exchange, reply.contentType());
        reply.headers().forEach(headers::set);
        if (reply.status() >= Reply.BAD_REQUEST && reply.status() != Reply.REFUSED) {
            headers.set("Connection", "close");
        }
        if (exchange.getRequestMethod().equals(HEAD)) {
            headers.set("Content-Length", Integer.toString(reply.body().length));
        }
        try (var _ = deadlines.within(PATIENCE)) {
            Exchanges.send(exchange, reply.status(), reply.body());
        }
    }

    private static Headers headers(HttpExchange exchange, String contentType) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", contentType);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        return headers;
    }

    private void stream(HttpExchange exchange, Deadlines deadlines) throws IOException {
        try (var _ = deadlines.within(PATIENCE)) {
            Exchanges.endRequest(exchange);
        }
        Optional<SignedIn> who = cookies.find(exchange);
        if (who.isEmpty()) {
            refuse(exchange, Reply.signedOut(), deadlines);
            return;
        }
        if (!Posted.isOfOurSite(exchange)) { // it would take the place of one of the browser's own pages
            refuse(exchange, Reply.error(Reply.FORBIDDEN, "origin", "Another site asks for this."), deadlines);
            return;
        }
        if (exchange.getProtocol().equals("HTTP/1.0")) { // a stream that has no end there but that of the connection
            refuse(exchange, Reply.error(Reply.BAD_REQUEST, "request", "Streams need HTTP/1.1."), deadlines);
            return;
        }
        Optional<Viewer> viewer = viewers.open(who.get());
        if (viewer.isEmpty()) {
            Reply full = Reply.error(Reply.FULL, "stream", "Too many pages are open: close some.");
            refuse(exchange, full, deadlines);
            return;
        }
        Thread.ofVirtual().name("admin-viewer").start(() -> serve(exchange, viewer.get(), who.get(), deadlines));
    }

    private static void refuse(HttpExchange exchange, Reply reply, Deadlines deadlines) throws IOException {
        try (exchange) {
            send(exchange, reply, deadlines);
        }
    }

    private void serve(HttpExchange exchange, Viewer viewer, SignedIn who, Deadlines deadlines) {
        try (exchange) {
            Headers headers = headers(exchange, "text/event-stream");
            headers.set("Cache-Control", "no-store");
            headers.set("X-Accel-Buffering", "no"); // asks nginx to pass each event on at once
            headers.set("Connection", "close");
            exchange.sendResponseHeaders(Reply.OK, 0);
            viewer.serve(exchange.getResponseBody(), hello(who), deadlines);
        } catch (IOException gone) {
            LOG.debug("A page was closed, or doesn't read", gone);
        } catch (RuntimeException e) {
            FAULTS.write(Level.ERROR, () -> "A stream of the live page has ended", e);
        } finally {
            viewers.leave(viewer);
        }
    }

    private Map<String, ?> hello(SignedIn who) {
        ServerStatus status = watched.operated().status();
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("version", status.version());
        server.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
        server.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        List<Map<String, String>> listeners = status.listeners().stream()
                .map(each -> Map.of("name", each.name(), "address", each.address(), "tls", each.tls()))
                .toList();
        server.put("listeners", listeners);
        Map<String, @Nullable Object> hello = new LinkedHashMap<>();
        hello.put("server", server);
        hello.put("me", api.me(who));
        return hello;
    }

    /** Tells open pages that the server stops. */
    @Override
    public void close() {
        viewers.close();
    }
}
