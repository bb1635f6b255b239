package dev.zeroftpd.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.zeroftpd.hook.run.WebPost;
import dev.zeroftpd.ops.JsonText;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that is asked by POST, and answers {@code {"answer":"yes"}} or {@code "no"}, with what the account is. Any thread, several
 * at once.
 *
 * <p>An answer must say yes or no by that word: an empty 200, as proxies and portals give it, is none.
 */
final class WebCheck implements Asking.Asked {

    private static final int OKAY = 200;

    private static final JSON READER = JSON.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final URI uri;
    private final WebPost post;

    WebCheck(URI uri, Duration timeout, Optional<SSLContext> tls) {
        this.uri = uri;
        this.post = new WebPost(uri, timeout, AnswerLines.MOST_BYTES + 1, tls, "users-check-http-");
    }

    @Override
    public LoginAnswer ask(LoginQuestion question) {
        String json = new JsonText()
                .put("user", question.name())
                .put("password", question.password())
                .put("address", Asking.address(question))
                .put("tls", question.tls())
                .end();
        return switch (post.send(json.getBytes(StandardCharsets.UTF_8), Map.of())) {
            case WebPost.Reply.Failed(String why) -> new LoginAnswer.Unavailable(uri + ": " + why);
            case WebPost.Reply.Answered(int status, String _) when status != OKAY -> unanswered("status " + status);
            case WebPost.Reply.Answered(int _, String body) -> answer(body);
        };
    }

    private LoginAnswer answer(String body) {
        if (body.getBytes(StandardCharsets.UTF_8).length > AnswerLines.MOST_BYTES) {
            return unanswered("the answer is longer than " + AnswerLines.MOST_BYTES + " bytes");
        }
        Map<String, Object> fields;
        try {
            fields = READER.mapFrom(body);
        } catch (IOException e) {
            return unanswered("the answer is no JSON object");
        }
        @Nullable Object answer = fields.get("answer"); // null also where JSON says null
        if ("no".equals(answer)) {
            return new LoginAnswer.No();
        }
        if (!"yes".equals(answer)) {
            return unanswered("the answer has no \"answer\":\"yes\" or \"no\"");
        }
        try {
            return new LoginAnswer.Yes(lines(fields.getOrDefault("account", Map.of())));
        } catch (IllegalArgumentException e) {
            return unanswered(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> lines(@Nullable Object account) {
        if (!(account instanceof Map<?, ?> attributes)) {
            throw new IllegalArgumentException("\"account\" in the answer is no object");
        }
        Map<String, String> lines = new LinkedHashMap<>();
        attributes.forEach((attribute, value) -> {
            if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                throw new IllegalArgumentException("the answer has neither text nor number in " + attribute);
            }
            AnswerLines.put(
                    lines, String.valueOf(attribute).strip(), value.toString().strip());
        });
        return lines;
    }

    private LoginAnswer unanswered(String why) {
        return new LoginAnswer.Unanswered(uri + ": " + why);
    }

    /** It isn't asked: with which name and password would it be? */
    @Override
    public Optional<String> fault() {
        return Optional.empty();
    }

    @Override
    public void close() {
        post.close();
    }
}
