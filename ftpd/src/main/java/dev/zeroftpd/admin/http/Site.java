package dev.zeroftpd.admin.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What answers all that is neither metrics nor health. Any thread, many at once. */
public interface Site {

    /**
     * Answers a client that may ask, and closes the exchange, perhaps later on another thread.
     *
     * @param path what is asked for, without the prefix
     * @param deadlines interrupt a thread whose client doesn't read
     * @throws IOException if the client is gone
     */
    void answer(HttpExchange exchange, Caller caller, String path, Deadlines deadlines) throws IOException;
}
