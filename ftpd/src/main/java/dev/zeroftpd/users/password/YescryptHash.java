package dev.zeroftpd.users.password;

import dev.zeroftpd.os.SystemCrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A yescrypt hash, the form of {@code /etc/shadow} in today's Linux distributions: {@code $y$j9T$SALT$HASH}. Computed by the
 * system's own libcrypt; verified only. Immutable; any thread.
 */
record YescryptHash(String text, int memoryKiB) implements StoredPassword {

    /** Flavour, logarithm of N, and r: what crypt_gensalt(3) makes at any cost. Each is one character, or r two. */
    private static final Pattern FORM =
            Pattern.compile("\\$y\\$[./A-Za-z0-9](?<n>[./A-Za-z0-9])(?<r>[./0-9A-Za-j])\\$[./A-Za-z0-9]{0,86}\\$"
                    + "[./A-Za-z0-9]{43}");

    /** What crypt(3) calls base 64. */
    private static final String DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** As for Argon2. */
    private static final int MOST_MEMORY_KIB = 256 * 1024;

    /** 128 bytes for each of N times r. */
    private static final int BLOCKS_PER_KIB = 8;

    private static final int MICROS_PER_KIB = 3;

    /** @throws IllegalArgumentException if it isn't one, costs too much, or this system can't compute it */
    static YescryptHash parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "the password begins like a yescrypt hash, but isn't one that crypt(3) makes");
        }
        int logarithm = DIGITS.indexOf(form.group("n")) + 1;
        long blocks = (long) (DIGITS.indexOf(form.group("r")) + 1) << Math.min(logarithm, Integer.SIZE);
        if (blocks / BLOCKS_PER_KIB > MOST_MEMORY_KIB) {
            throw new IllegalArgumentException(
                    "the yescrypt hash takes more memory than this server spends on a login (" + MOST_MEMORY_KIB / 1024
                            + " MiB)");
        }
        if (!SystemCrypt.isSupported()) {
            throw new IllegalArgumentException(
                    "the password is a yescrypt hash, which needs the system's library libcrypt (libxcrypt), but there"
                            + " is none");
        }
        return new YescryptHash(text, Math.toIntExact(Math.max(1, blocks / BLOCKS_PER_KIB)));
    }

    @Override
    public boolean matches(String password) {
        byte[] stored = text.getBytes(StandardCharsets.US_ASCII);
        byte[] computed = HashMemory.OF_THIS_PROCESS.computeOutside(memoryKiB, () -> SystemCrypt.crypt(password, text));
        return MessageDigest.isEqual(stored, computed);
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public long cost() {
        return (long) memoryKiB * MICROS_PER_KIB;
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "Yescrypt";
    }
}
