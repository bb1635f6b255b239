package dev.zeroftpd.admin.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.zeroftpd.admin.metric.Exposition;
import dev.zeroftpd.config.admin.AdminSettings;
import dev.zeroftpd.ops.FewLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is answered to which request. Any thread. */
final class Pages implements HttpHandler {

    private static final FewLines FAULTS = FewLines.perMinute(LoggerFactory.getLogger(Pages.class), 2);

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    /** A scrape has some kilobytes: a client that takes as long as this for them isn't reading. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Access access;
    private final Callers callers;
    private final String prefix;
    private final Content content;
    private final Site site;
    private final Deadlines deadlines;

    Pages(Access access, AdminSettings settings, Content content, Site site, Deadlines deadlines) {
        this.access = access;
        this.callers = new Callers(settings);
        this.prefix = settings.pathPrefix();
        this.content = content;
        this.site = site;
        this.deadlines = deadlines;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Optional<Caller> caller = callers.of(exchange);
        Optional<Answer> refusal = access.refusal(exchange, caller);
        String asked = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
        Optional<String> path =
                asked.startsWith(prefix) ? Optional.of(asked.substring(prefix.length())) : Optional.empty();
        if (refusal.isPresent() || path.isEmpty()) {
            answer(
                    exchange,
                    () -> refusal.orElse(Answer.line(Answer.NOT_FOUND, "All paths begin with " + prefix + ".")));
            return;
        }
        Optional<Supplier<Answer>> told = told(path.get(), exchange);
        if (told.isPresent()) {
            answer(exchange, () -> reading(exchange).orElseGet(told.get()));
        } else {
            site.answer(exchange, caller.orElseThrow(), path.get(), deadlines);
        }
    }

    private void answer(HttpExchange exchange, Supplier<Answer> made) throws IOException {
        try (exchange) {
            Answer answer;
            try (var _ = deadlines.within(PATIENCE)) {
                Exchanges.endRequest(exchange);
            }
            try {
                answer = made.get();
            } catch (RuntimeException e) {
                FAULTS.write(
                        Level.ERROR,
                        () -> "An HTTP request was not answered: "
                                + exchange.getRequestURI().getPath(),
                        e);
                answer = Answer.line(Answer.FAILED, "The server's log says why this failed.");
            }
            try (var _ = deadlines.within(PATIENCE)) {
                send(exchange, answer);
            }
        }
    }

    private static Optional<Answer> reading(HttpExchange exchange) {
        return METHODS.contains(exchange.getRequestMethod())
                ? Optional.empty()
                : Optional.of(
                        Answer.line(Answer.WRONG_METHOD, "Only GET and HEAD are known.", Map.of("Allow", "GET, HEAD")));
    }

    /** What programs are told; empty for all else. */
    private Optional<Supplier<Answer>> told(String path, HttpExchange exchange) {
        return switch (path) {
            case "metrics" ->
                Optional.of(() ->
                        access.metricsRefusal(exchange.getRequestHeaders()).orElseGet(() -> metrics(exchange)));
            case "health/live" ->
                Optional.of(() -> content.isAlive()
                        ? Answer.line(Answer.OK, "alive")
                        : Answer.line(Answer.UNAVAILABLE, "an event loop doesn't answer"));
            case "health/ready" ->
                Optional.of(() -> content.notReady()
                        .map(why -> Answer.line(Answer.UNAVAILABLE, why))
                        .orElseGet(() -> Answer.line(Answer.OK, "ready")));
            default -> Optional.empty();
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
        Exchanges.send(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
