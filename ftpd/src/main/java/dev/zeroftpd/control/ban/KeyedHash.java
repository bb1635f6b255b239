package dev.zeroftpd.control.ban;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes names and passwords so that they can be compared and not be found out: the key lives and dies with the process.
 * Immutable; any thread.
 */
final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";

    private static final int KEY_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A byte that UTF-8 never contains keeps the parts apart. */
    private static final byte APART = (byte) 0xFF;

    private final SecretKeySpec key;

    KeyedHash() {
        byte[] random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    /** 64 of its bits: enough to tell some thousand guesses apart. */
    long of(String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : parts) {
                mac.update(part.getBytes(StandardCharsets.UTF_8));
                mac.update(APART);
            }
            return ByteBuffer.wrap(mac.doFinal()).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
