package dev.zeroftpd.admin.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.zeroftpd.config.admin.AdminSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for what. Any thread.
 *
 * <p>A browser can be led to any address under a name of the attacker's (DNS rebinding), and then says that name: so a request
 * must come to an address, to {@code localhost} or to a name that the settings have.
 */
final class Access {

    private static final String LOCALHOST = "localhost";

    private static final Pattern LITERAL = Pattern.compile("\\[[0-9a-f:.]+]|[0-9.]+");

    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private static final String BEARER = "bearer ";

    private final AdminSettings settings;
    private volatile Optional<byte[]> token;

    Access(AdminSettings settings, Optional<byte[]> token) {
        this.settings = settings;
        this.token = token;
    }

    /** Changes the token for requests that come from now on. */
    void token(Optional<byte[]> changed) {
        token = changed;
    }

    /** The answer to a client that may ask for nothing, or not under this name. */
    Optional<Answer> refusal(HttpExchange exchange, Optional<Caller> caller) {
        if (!settings.allows(
                caller.map(Caller::address).orElse(exchange.getRemoteAddress().getAddress()))) {
            return Optional.of(Answer.line(Answer.FORBIDDEN, "Your address is not in admin.allow-from."));
        }
        // old probes name no host; browsers always do
        @Nullable String host = exchange.getRequestHeaders().getFirst("Host");
        // also that of a proxy: a browser on its machine could say what proxies say
        if (caller.isEmpty()
                || (host != null && !(isOurs(host) && isOurs(caller.get().host())))) {
            return Optional.of(Answer.line(Answer.MISDIRECTED, "This host name is not in admin.host-names."));
        }
        return Optional.empty();
    }

    private boolean isOurs(String host) {
        String name = PORT.matcher(host.strip()).replaceFirst("").toLowerCase(Locale.ROOT);
        return name.equals(LOCALHOST)
                || LITERAL.matcher(name).matches()
                || settings.hostNames().contains(name);
    }

    /** The answer to a client that may not read metrics. */
    Optional<Answer> metricsRefusal(Headers request) {
        Optional<byte[]> wanted = token;
        if (wanted.isEmpty() || isToken(request.getOrDefault("Authorization", List.of()), wanted.get())) {
            return Optional.empty();
        }
        return Optional.of(Answer.line(
                Answer.UNAUTHORIZED,
                "Metrics need the token of admin.metrics-token-file.",
                Map.of("WWW-Authenticate", "Bearer")));
    }

    /** Takes as long for a token that is nearly right as for any other of its length. */
    private static boolean isToken(List<String> authorization, byte[] wanted) {
        if (authorization.size() != 1) {
            return false;
        }
        String said = authorization.getFirst();
        return said.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && MessageDigest.isEqual(
                        said.substring(BEARER.length()).strip().getBytes(StandardCharsets.ISO_8859_1), wanted);
    }
}
