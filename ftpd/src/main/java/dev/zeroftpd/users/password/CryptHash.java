package dev.zeroftpd.users.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * A hash of crypt(3) that is made of MD5 or SHA-2, as {@code openssl passwd}, {@code htpasswd} and {@code /etc/shadow} have it:
 * {@code $1$}, {@code $apr1$}, {@code $5$}, {@code $6$}. Verified only; new passwords get Argon2. Immutable; any thread.
 */
sealed interface CryptHash extends StoredPassword {

    /**
     * As with libxcrypt. The time of these hashes grows with the password: one that fills a command line would take
     * a hundred times as long.
     */
    int LONGEST_PASSWORD_BYTES = 511;

    /** The password as it is hashed; a longer one is cut, so that it takes no less time, and is never right. */
    private static byte[] bytes(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return bytes.length > LONGEST_PASSWORD_BYTES ? Arrays.copyOf(bytes, LONGEST_PASSWORD_BYTES) : bytes;
    }

    private static boolean matches(String password, String stored, String computed) {
        boolean same = MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.US_ASCII), computed.getBytes(StandardCharsets.US_ASCII));
        return same && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD_BYTES;
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException if it isn't one, or costs too much
     */
    static CryptHash parse(String text) {
        if (Md5.FORM.matcher(text).matches()) {
            return new Md5(text);
        }
        Matcher sha = (text.startsWith("$5$") ? Sha2.SHA256 : Sha2.SHA512).matcher(text);
        if (sha.matches()) {
            return Sha2.of(text, sha);
        }
        throw new IllegalArgumentException(
                "the password begins like a hash of crypt(3), but isn't one ($1$, $apr1$, $5$ or"
                        + " $6$, a salt, and 22, 43 or 86 characters)");
    }

    /** A thousand rounds of MD5: cheap, so that a login replaces it. */
    record Md5(String text) implements CryptHash {

        private static final String APACHE = "$apr1$";

        private static final Pattern FORM = Pattern.compile("\\$(?:1|apr1)\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}");

        @Override
        public boolean matches(String password) {
            byte[] key = bytes(password);
            String computed = text.startsWith(APACHE) ? Md5Crypt.apr1Crypt(key, text) : Md5Crypt.md5Crypt(key, text);
            return CryptHash.matches(password, text, computed);
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return "MD5 crypt";
        }
    }

    /** SHA-256 or SHA-512, 5000 rounds unless the hash says another number. */
    record Sha2(String text, int rounds) implements CryptHash {

        private static final String ROUNDS_AND_SALT = "(?:rounds=(?<rounds>[1-9]\\d{0,8})\\$)?[./A-Za-z0-9]{1,16}\\$";

        private static final Pattern SHA256 = Pattern.compile("\\$5\\$" + ROUNDS_AND_SALT + "[./A-Za-z0-9]{43}");
        private static final Pattern SHA512 = Pattern.compile("\\$6\\$" + ROUNDS_AND_SALT + "[./A-Za-z0-9]{86}");

        private static final int USUAL_ROUNDS = 5000;

        /** The least of the scheme: crypt(3) itself raises what is below. */
        private static final int LEAST_ROUNDS = 1000;

        /** A tenth of a second for a usual password, up to half a second for the longest that is hashed. */
        private static final int MOST_ROUNDS = 100_000;

        private static final int NANOS_PER_ROUND = 900;

        static Sha2 of(String text, Matcher form) {
            String written = form.group("rounds");
            int rounds = written == null ? USUAL_ROUNDS : Integer.parseInt(written);
            if (rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS) {
                throw new IllegalArgumentException("the hash of crypt(3) has " + rounds + " rounds; this server takes "
                        + LEAST_ROUNDS + " to " + MOST_ROUNDS);
            }
            return new Sha2(text, rounds);
        }

        @Override
        public boolean matches(String password) {
            byte[] key = bytes(password);
            String computed =
                    text.startsWith("$5$") ? Sha2Crypt.sha256Crypt(key, text) : Sha2Crypt.sha512Crypt(key, text);
            return CryptHash.matches(password, text, computed);
        }

        @Override
        public boolean slow() {
            return true;
        }

        @Override
        public long cost() {
            return (long) rounds * NANOS_PER_ROUND / 1000;
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return "SHA-2 crypt";
        }
    }
}
