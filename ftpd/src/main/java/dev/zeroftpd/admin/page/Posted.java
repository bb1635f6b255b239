package dev.zeroftpd.admin.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.zeroftpd.admin.http.Caller;
import dev.zeroftpd.admin.page.source.Asked;
import dev.zeroftpd.admin.page.source.BadRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a browser posts. Stateless; any thread.
 *
 * <p>Another site can make a browser post forms, with cookies where it belongs to the same host: but neither with our header nor
 * with our content type, nor from our origin.
 */
final class Posted {

    /** The page sends it; forms can't, and scripts of other sites may not. */
    private static final String HEADER = "X-ZeroFTPd-Page";

    private static final String JSON = "application/json";

    private static final int LONGEST = 16 * 1024;

    private Posted() {}

    /** Why it isn't known to come from our own page. */
    static Optional<Reply> refusal(HttpExchange exchange, Caller caller) {
        Headers headers = exchange.getRequestHeaders();
        boolean ours = one(headers, HEADER).equals("1")
                && one(headers, "Content-Type").toLowerCase(Locale.ROOT).startsWith(JSON)
                && one(headers, "Origin").equalsIgnoreCase(caller.origin());
        if (ours && isOfOurSite(exchange)) {
            return Optional.empty();
        }
        return Optional.of(Reply.error(
                Reply.FORBIDDEN,
                "origin",
                "This doesn't come from the page of this server, or a proxy changes the host name on the way."));
    }

    /** False if the browser says that it asks for another site, also for one on another port of this host; old browsers don't say it. */
    static boolean isOfOurSite(HttpExchange exchange) {
        List<String> said = exchange.getRequestHeaders().getOrDefault("Sec-Fetch-Site", List.of());
        return said.isEmpty() || said.equals(List.of("same-origin"));
    }

    private static String one(Headers headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? values.getFirst().strip() : "";
    }

    /** What has come with the request; one byte too many if it is too long. */
    static byte[] bytes(HttpExchange exchange) throws IOException {
        return exchange.getRequestBody().readNBytes(LONGEST + 1);
    }

    /** Empty if it is too long. */
    static Optional<Asked> body(byte[] bytes) throws BadRequest {
        return bytes.length > LONGEST
                ? Optional.empty()
                : Optional.of(Asked.parse(new String(bytes, StandardCharsets.UTF_8)));
    }
}
