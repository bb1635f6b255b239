package dev.zeroftpd.admin.page;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that the page consists of, as the build made them: their names have a hash of what is in them, so that browsers may
 * keep them for ever. Any thread; read when they are asked for, which is seldom.
 */
final class Files {

    /** In the class path, with a list of the names in it, which a class path can't give. */
    private static final String FOLDER = "assets/";

    private static final String LIST = "files.txt";

    private static final String INDEX = "index.html";

    private static final Pattern NAME = Pattern.compile("index\\.html|page\\.[\\w-]{8,64}\\.(js|css)");

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** What a page may do: run its own script, and talk to its own server. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'";

    /** By name, what it is known by to browsers. */
    private final Map<String, String> tags;

    private Files(Map<String, String> tags) {
        this.tags = tags;
    }

    /** Those of this build. */
    static Files load() {
        Map<String, String> tags = new HashMap<>();
        byte[] list = content(LIST).orElseGet(() -> new byte[0]); // a build without Node.js has none
        for (String name : new String(list, StandardCharsets.US_ASCII)
                .lines()
                .map(String::strip)
                .filter(NAME.asMatchPredicate())
                .toList()) {
            tag(name).ifPresent(tag -> tags.put(name, '"' + tag + '"'));
        }
        return new Files(Map.copyOf(tags));
    }

    /** The names of the others have a digest in them. */
    private static Optional<String> tag(String name) {
        if (name.equals(INDEX)) {
            return content(name).map(Files::digest);
        }
        return Optional.ofNullable(Files.class.getResource(FOLDER + name)).map(_ -> name);
    }

    private static Optional<byte[]> content(String name) {
        try (@Nullable InputStream in = Files.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(name + " can't be read from the server's own files", e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether this build has a page at all. */
    boolean areThere() {
        return tags.containsKey(INDEX);
    }

    /** Empty if there is no such file. */
    Optional<Reply> find(String path, Headers request) {
        String name = path.isEmpty() ? INDEX : path;
        @Nullable String tag = tags.get(name);
        if (tag == null || path.equals(INDEX)) {
            return Optional.empty();
        }
        boolean known =
                request.getOrDefault("If-None-Match", List.of()).stream().anyMatch(tagged -> tagged.contains(tag));
        byte[] body = known ? new byte[0] : content(name).orElseThrow();
        Reply reply = new Reply(known ? Reply.UNCHANGED : Reply.OK, type(name), body, Map.of())
                .with("ETag", tag)
                .with("Cache-Control", name.equals(INDEX) ? "no-cache" : FOR_EVER);
        return Optional.of(
                name.equals(INDEX)
                        ? reply.with("Content-Security-Policy", POLICY).with("X-Frame-Options", "DENY")
                        : reply);
    }

    private static String type(String name) {
        String kind = name.substring(name.lastIndexOf('.') + 1);
        return switch (kind) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            default -> "text/html; charset=utf-8";
        };
    }
}
