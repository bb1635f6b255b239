package dev.zeroftpd.admin.page.sign;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes secrets that can't be guessed, and what is kept of them here. Stateless; any thread. */
final class Secret {

    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** 43 letters, digits and signs that may stand in a URL and in a cookie. */
    static String draw() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What a secret is looked up by: neither the time of that nor a dump of the memory tells it. */
    static String digest(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
