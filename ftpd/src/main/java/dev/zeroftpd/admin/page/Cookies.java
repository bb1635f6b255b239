package dev.zeroftpd.admin.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.zeroftpd.admin.http.Caller;
import dev.zeroftpd.admin.page.sign.SignIns;
import dev.zeroftpd.admin.page.sign.SignedIn;
import java.util.List;
import java.util.Optional;

/** Who asks, by the cookie that their browser shows. Stateless but for the sign-ins; any thread. */
final class Cookies {

    private static final String NAME = "zeroftpd-page-";

    /** Of one request: a browser sends each once. */
    private static final int MOST_TRIED = 4;

    private final SignIns signIns;

    Cookies(SignIns signIns) {
        this.signIns = signIns;
    }

    /** Empty if no browser of that name is signed in, or not any more. */
    Optional<SignedIn> find(HttpExchange exchange) {
        String start = name(exchange) + "=";
        Headers headers = exchange.getRequestHeaders();
        return headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> List.of(line.split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(start))
                .limit(MOST_TRIED)
                .flatMap(pair -> signIns.find(pair.substring(start.length())).stream())
                .findFirst();
    }

    /** Cookies know no ports: without it, two servers of one machine would share them. */
    private static String name(HttpExchange exchange) {
        return NAME + exchange.getLocalAddress().getPort();
    }

    /** Sets it, until the browser is closed. */
    static String set(HttpExchange exchange, Caller caller, String secret) {
        return name(exchange) + "=" + secret + attributes(caller);
    }

    /** Takes it away. */
    static String clear(HttpExchange exchange, Caller caller) {
        return name(exchange) + "=; Max-Age=0" + attributes(caller);
    }

    private static String attributes(Caller caller) {
        return "; Path=" + caller.prefix() + "; HttpOnly; SameSite=Strict" + (caller.secure() ? "; Secure" : "");
    }
}
