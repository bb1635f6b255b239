package dev.zeroftpd.admin.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.zeroftpd.admin.metric.Exposition;
import dev.zeroftpd.ops.FewLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is answered to which request. Any thread. */
final class Pages implements HttpHandler {

    private static final FewLines FAULTS = FewLines.perMinute(LoggerFactory.getLogger(Pages.class), 2);

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final Access access;
    private final String prefix;
    private final Content content;

    Pages(Access access, String prefix, Content content) {
        this.access = access;
        this.prefix = prefix;
        this.content = content;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (RuntimeException e) {
                FAULTS.write(
                        Level.ERROR,
                        () -> "An HTTP request was not answered: "
                                + exchange.getRequestURI().getPath(),
                        e);
                answer = Answer.line(Answer.FAILED, "The server's log says why this failed.");
            }
            send(exchange, answer);
        }
    }

    private Answer answer(HttpExchange exchange) {
        Optional<Answer> refusal = access.refusal(exchange);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!METHODS.contains(exchange.getRequestMethod())) {
            return Answer.line(Answer.WRONG_METHOD, "Only GET and HEAD are known.", Map.of("Allow", "GET, HEAD"));
        }
        String path = exchange.getRequestURI().getPath();
        return switch (path.startsWith(prefix) ? path.substring(prefix.length()) : "") {
            case "metrics" ->
                access.metricsRefusal(exchange.getRequestHeaders()).orElseGet(() -> metrics(exchange));
            case "health/live" ->
                content.isAlive()
                        ? Answer.line(Answer.OK, "alive")
                        : Answer.line(Answer.UNAVAILABLE, "an event loop doesn't answer");
            case "health/ready" ->
                content.notReady()
                        .map(why -> Answer.line(Answer.UNAVAILABLE, why))
                        .orElseGet(() -> Answer.line(Answer.OK, "ready"));
            default ->
                Answer.line(
                        Answer.NOT_FOUND,
                        "There are " + prefix + "metrics, " + prefix + "health/live and " + prefix + "health/ready.");
        };
    }

    private Answer metrics(HttpExchange exchange) {
        Exposition.Format format = format(exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
        return new Answer(Answer.OK, format.contentType(), content.metrics(format), Map.of());
    }

    /** OpenMetrics, unless a client wants plain text and doesn't know it. */
    private static Exposition.Format format(List<String> accepted) {
        String all = String.join(",", accepted);
        return all.contains("text/plain") && !all.contains("openmetrics")
                ? Exposition.Format.TEXT
                : Exposition.Format.OPEN_METRICS;
    }

    /** Only clients that got what they wanted keep their connection: others would take the place of those. */
    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(headers::set);
        if (answer.status() != Answer.OK && answer.status() != Answer.UNAVAILABLE) {
            headers.set("Connection", "close");
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }
}
