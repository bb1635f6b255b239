package dev.zeroftpd.admin.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.zeroftpd.config.admin.AdminSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out who asks. Only what one of {@code admin.proxy-from} says of its client is believed, and of that only what it said
 * itself: the last value, before which the client may have written anything. Stateless; any thread.
 */
final class Callers {

    private static final Pattern PREFIX = Pattern.compile("/[\\w./~-]{0,200}");

    private static final String FOR = "X-Forwarded-For";

    private static final String HOST = "X-Forwarded-Host";

    private static final String PROTO = "X-Forwarded-Proto";

    private static final String PATHS = "X-Forwarded-Prefix";

    private static final List<String> OTHERS = List.of(HOST, PROTO, PATHS);

    private final AdminSettings settings;

    Callers(AdminSettings settings) {
        this.settings = settings;
    }

    /** Empty if a proxy says something that can't be, or what its client may have said, or a client names two hosts. */
    Optional<Caller> of(HttpExchange exchange) {
        InetAddress peer = exchange.getRemoteAddress().getAddress();
        Headers headers = exchange.getRequestHeaders();
        List<String> hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() > 1) {
            return Optional.empty();
        }
        String host = hosts.isEmpty() ? "" : hosts.getFirst().strip();
        boolean secure = exchange instanceof HttpsExchange;
        if (!settings.isProxy(peer)) {
            return Optional.of(new Caller(peer, host, secure, settings.pathPrefix()));
        }
        if (!headers.containsKey(FOR) && OTHERS.stream().anyMatch(headers::containsKey)) {
            return Optional.empty(); // a proxy that doesn't say who asks hasn't written these either
        }
        try {
            return Optional.of(new Caller(
                    last(headers, FOR).map(Callers::literal).orElse(peer),
                    last(headers, HOST).orElse(host),
                    last(headers, PROTO)
                            .map(scheme -> scheme.equalsIgnoreCase("https"))
                            .orElse(secure),
                    last(headers, PATHS).map(Callers::prefix).orElse(settings.pathPrefix())));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    private static Optional<String> last(Headers headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String value = values.getLast();
        return Optional.of(value.substring(value.lastIndexOf(',') + 1).strip()).filter(text -> !text.isEmpty());
    }

    /** Some proxies write IPv6 in brackets. */
    private static InetAddress literal(String text) {
        return InetAddress.ofLiteral(
                text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text);
    }

    private static String prefix(String text) {
        if (!PREFIX.matcher(text).matches() || text.contains("//")) {
            throw new IllegalArgumentException("no beginning of paths");
        }
        return text.endsWith("/") ? text : text + "/";
    }
}
