package dev.zeroftpd.hook;

import dev.zeroftpd.hook.run.WebPost;
import dev.zeroftpd.ops.LogText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A server that gets each event by POST. Any thread, several at once. */
final class WebReceiver implements Receiver {

    /** What an answer may say that people read. */
    private static final int MOST_ANSWER = 1024;

    private static final int FIRST_BAD_STATUS = 300;
    private static final int FIRST_GOOD_STATUS = 200;

    private static final String HMAC = "HmacSHA256";

    private final Optional<SecretKeySpec> secret;
    private final WebPost post;

    /** @param secret what signs the requests; empty: nothing does */
    WebReceiver(URI uri, Duration timeout, Optional<byte[]> secret) {
        this.secret = secret.map(bytes -> new SecretKeySpec(bytes, HMAC));
        this.post = new WebPost(uri, timeout, MOST_ANSWER, Optional.empty(), "hook-http-");
    }

    @Override
    public Answer deliver(HookEvent event) {
        byte[] body = event.json().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = secret.map(
                        key -> Map.of("X-ZeroFTPd-Signature", "sha256=" + signature(key, body)))
                .orElse(Map.of());
        return switch (post.send(body, headers)) {
            case WebPost.Reply.Answered(int status, String said) -> answer(status, said);
            case WebPost.Reply.Failed(String why) -> new Answer(false, why);
        };
    }

    private static Answer answer(int status, String body) {
        String line = body.lines().findFirst().orElse("");
        String said = LogText.printable(line).strip();
        return new Answer(
                status >= FIRST_GOOD_STATUS && status < FIRST_BAD_STATUS,
                "status " + status + (said.isEmpty() ? "" : ": " + said));
    }

    static String signature(SecretKeySpec key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }

    @Override
    public void close() {
        post.close();
    }
}
