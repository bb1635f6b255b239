package dev.zeroftpd.admin.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Answers a request so that a connection that breaks meanwhile is forgotten. Stateless; any thread.
 *
 * <p>Closing an exchange of the JDK's server does the rest of the work (it reads what is left of the request, and writes what lies
 * in a buffer) but keeps quiet about failures, and the connection then counts as open for ever. So the work is done before: where
 * it fails, the exception leaves the handler, and that has the server forget the connection.
 */
public final class Exchanges {

    private Exchanges() {}

    /** Reads what is left of the request, or so much that it can be left unread. */
    public static void endRequest(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().close();
    }

    /**
     * Answers, after {@link #endRequest}, with the headers that are set.
     *
     * @param body nothing is sent of an empty one
     * @throws IOException if the client is gone; has to leave the handler
     */
    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            OutputStream out = exchange.getResponseBody();
            out.write(body);
            out.flush();
        }
    }
}
