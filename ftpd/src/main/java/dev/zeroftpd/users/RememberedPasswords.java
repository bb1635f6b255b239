package dev.zeroftpd.users;

import dev.zeroftpd.users.password.StoredPassword;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short time which passwords have been verified, so that a strong hash doesn't cost a client its 50
 * sessions. Any thread.
 *
 * <p>It keeps no password, only an HMAC under a key that lives and dies with the process, over the password and the stored
 * hash that it matched: a changed hash forgets by itself.
 */
final class RememberedPasswords {

    private static final String ALGORITHM = "HmacSHA256";

    /** The length of the algorithm's own result: more wouldn't make it stronger. */
    private static final int KEY_BYTES = 32;

    private final Duration lifetime;
    private final LongSupplier nanoTime;
    private final SecretKey key;
    private final Map<String, Verified> entries;

    /** What is kept of one verified password; {@code mac} in hex. */
    private record Verified(String mac, long verifiedAt) {}

    /**
     * @param lifetime from the verification on, not from the last use
     * @param most entries; the ones that were used longest ago go first
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    RememberedPasswords(Duration lifetime, int most, LongSupplier nanoTime) {
        this.lifetime = lifetime;
        this.nanoTime = nanoTime;
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
        this.entries = new LeastRecentlyUsed(most);
    }

    /** Whether this password was verified against this stored one a short time ago. */
    boolean recall(String name, StoredPassword stored, String password) {
        Verified entry = entry(name);
        return entry != null
                && nanoTime.getAsLong() - entry.verifiedAt() < lifetime.toNanos()
                && MessageDigest.isEqual(ascii(entry.mac()), ascii(mac(stored, password)));
    }

    /** Whether this password was right when it was last verified, however long ago: a hint, no proof. */
    boolean wasRight(String name, StoredPassword stored, String password) {
        Verified entry = entry(name);
        return entry != null && MessageDigest.isEqual(ascii(entry.mac()), ascii(mac(stored, password)));
    }

    private @Nullable Verified entry(String name) {
        synchronized (entries) {
            return entries.get(name);
        }
    }

    /** Notes that the password has just been verified. */
    void remember(String name, StoredPassword stored, String password) {
        Verified entry = new Verified(mac(stored, password), nanoTime.getAsLong());
        synchronized (entries) {
            entries.put(name, entry);
        }
    }

    /** Forgets the password of an account, which isn't right any more. */
    void forget(String name) {
        synchronized (entries) {
            entries.remove(name);
        }
    }

    /** Forgets everything. */
    void clear() {
        synchronized (entries) {
            entries.clear();
        }
    }

    private String mac(StoredPassword stored, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(stored.text().getBytes(StandardCharsets.UTF_8));
            // A byte that UTF-8 never contains keeps the two apart.
            mac.update((byte) 0xFF);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] ascii(String mac) {
        return mac.getBytes(StandardCharsets.US_ASCII);
    }

    /** A map of bounded size in the order of use. */
    private static final class LeastRecentlyUsed extends LinkedHashMap<String, Verified> {

        private static final long serialVersionUID = 1L;

        private final int most;

        LeastRecentlyUsed(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > most;
        }
    }
}
