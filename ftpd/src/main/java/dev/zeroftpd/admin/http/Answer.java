package dev.zeroftpd.admin.http;

import java.util.Map;

/**
 * One HTTP answer. Immutable.
 *
 * @param headers beside those that every answer has
 */
record Answer(int status, String contentType, String body, Map<String, String> headers) {

    static final int OK = 200;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int WRONG_METHOD = 405;
    static final int MISDIRECTED = 421;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;

    /** A line for people. */
    static Answer line(int status, String text) {
        return line(status, text, Map.of());
    }

    static Answer line(int status, String text, Map<String, String> headers) {
        return new Answer(status, "text/plain; charset=utf-8", text + "\n", headers);
    }
}
