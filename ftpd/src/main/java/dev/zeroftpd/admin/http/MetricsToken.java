package dev.zeroftpd.admin.http;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the token that scrapers have to show. Stateless; any thread. */
public final class MetricsToken {

    /** A shorter one could be guessed: tries cost nothing. */
    private static final int SHORTEST = 16;

    private static final int LONGEST = 1024;

    private static final String KEY = "admin.metrics-token-file";

    private MetricsToken() {}

    /**
     * The token of a file, which holds nothing else; blanks and line breaks around it don't count.
     *
     * @throws ConfigException if it can't be read, or isn't one
     */
    public static byte[] read(Path file) throws ConfigException {
        String text;
        try {
            if (Files.size(file) > LONGEST) {
                throw problem(file, "is too long for a token");
            }
            text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new ConfigException(
                    new Problem(KEY, file + " can't be read: " + FailureReason.of(e), "let the server's user read it"));
        }
        if (text.length() < SHORTEST || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw problem(file, "holds no token of " + SHORTEST + " or more letters, digits and signs");
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ConfigException problem(Path file, String what) {
        return new ConfigException(new Problem(
                KEY, file + " " + what, "make one with: openssl rand -hex 32 > " + file + "; chmod 600 " + file));
    }
}
