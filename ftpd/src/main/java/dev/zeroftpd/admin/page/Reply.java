package dev.zeroftpd.admin.page;

import dev.zeroftpd.operator.socket.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer to a browser. Values only; the body belongs to the receiver.
 *
 * @param headers beside those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to be sent, never compared
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

    static final int OK = 200;
    static final int NOTHING = 204;
    static final int UNCHANGED = 304;
    static final int BAD_REQUEST = 400;
    static final int SIGNED_OUT = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int WRONG_METHOD = 405;
    static final int REFUSED = 409;
    static final int TOO_LARGE = 413;
    static final int BUSY = 429;
    static final int FAILED = 500;
    static final int FULL = 503;

    private static final String JSON = "application/json; charset=utf-8";

    static Reply json(String json) {
        return new Reply(OK, JSON, json.getBytes(StandardCharsets.US_ASCII), Map.of("Cache-Control", "no-store"));
    }

    static Reply json(Map<String, ?> object) {
        return json(JsonLine.of(object));
    }

    /** It was done, and there is no more to say. */
    static Reply nothing() {
        return new Reply(NOTHING, JSON, new byte[0], Map.of("Cache-Control", "no-store"));
    }

    /** What is wrong, in a word for programs and a sentence for people. */
    static Reply error(int status, String word, String message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("error", word);
        fields.put("message", message);
        Reply reply = json(fields);
        return new Reply(status, reply.contentType(), reply.body(), reply.headers());
    }

    static Reply signedOut() {
        return error(SIGNED_OUT, "signed-out", "Sign in with a link of: ftpd web login --role viewer");
    }

    static Reply notFound() {
        return error(NOT_FOUND, "path", "There is nothing at this address.");
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more);
    }
}
