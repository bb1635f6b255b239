package dev.zeroftpd.users.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A password as {@code users.properties} stores it. Immutable; any thread, but {@link #matches} of a {@link #slow()} form
 * takes about 0.1 s of CPU and belongs on the threads for hashing.
 *
 * <p>The form alone decides how a password verifies, never two ways: 32 hex digits are MD5, 64 SHA-256, 128 SHA-512,
 * {@code digits:32 hex digits} Apache FtpServer's salted MD5, {@code $scheme$…} Argon2, bcrypt or crypt(3), everything else is
 * clear text. {@code {CLEAR}} and {@code {CRYPT}} before it say which is meant; any other {@code {SCHEME}}, as LDAP has it, is
 * refused. So a stolen hash doesn't work as a password.
 */
public sealed interface StoredPassword
        permits Argon2Hash,
                BcryptHash,
                CryptHash,
                YescryptHash,
                StoredPassword.ClearText,
                StoredPassword.Digest,
                StoredPassword.Missing,
                StoredPassword.SaltedMd5,
                TaggedPassword {

    /** Whether {@code password} is the one; the comparison doesn't tell by its time how much of it is right. */
    boolean matches(String password);

    /** Whether {@link #matches} is made to be expensive. */
    default boolean slow() {
        return false;
    }

    /** Whether {@link #matches} takes microseconds, whatever the password. */
    default boolean quick() {
        return false;
    }

    /** Whether no password is stored, so that none is right. */
    default boolean missing() {
        return false;
    }

    /** Roughly how many microseconds {@link #matches} takes, on a processor of 2020: to be compared. */
    default long cost() {
        return 0;
    }

    /** What {@link #matches} takes of {@link HashMemory}. */
    default int memoryKiB() {
        return 0;
    }

    /** The text exactly as in the file. */
    String text();

    /** Whether a login should replace it by a modern hash: everything that isn't made to be expensive. */
    default boolean outdated() {
        return !slow();
    }

    /**
     * Parses the text from the file.
     *
     * @throws IllegalArgumentException if it is marked as a modern hash, but isn't one that can be verified
     */
    static StoredPassword parse(String text) {
        if (text.isEmpty()) {
            return new Missing();
        }
        if (text.charAt(0) == '{' && TaggedPassword.FORM.matcher(text).matches()) {
            return TaggedPassword.parse(text);
        }
        if (isModern(text)) {
            return modern(text);
        }
        if (SaltedMd5.FORM.matcher(text).matches()) {
            return new SaltedMd5(text);
        }
        if (HEX.matcher(text).matches()) {
            return switch (text.length()) {
                case 32 -> new Digest("MD5", text);
                case 64 -> new Digest("SHA-256", text);
                case 128 -> new Digest("SHA-512", text);
                default -> new ClearText(text);
            };
        }
        return new ClearText(text);
    }

    /** Hex digits of either case, as Apache FtpServer accepts them. */
    Pattern HEX = Pattern.compile("[0-9a-fA-F]+");

    /** Whether it looks like {@code $scheme$…}. */
    static boolean isModern(String text) {
        return text.startsWith("$") && text.indexOf('$', 1) > 1;
    }

    private static StoredPassword modern(String text) {
        String scheme = text.substring(1, text.indexOf('$', 1));
        return switch (scheme) {
            case "argon2id", "argon2i", "argon2d" -> Argon2Hash.parse(text);
            case "2a", "2b", "2y" -> BcryptHash.parse(text);
            case "1", "apr1", "5", "6" -> CryptHash.parse(text);
            case "y" -> YescryptHash.parse(text);
            default ->
                throw new IllegalArgumentException(
                        "the password is a hash of a scheme that this server doesn't know (it knows $argon2id$, $2b$,"
                                + " $y$, $6$, $5$, $1$, $apr1$), or a password to be written {CLEAR}$…");
        };
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** No password is stored, so none is right. */
    record Missing() implements StoredPassword {

        @Override
        public boolean matches(String password) {
            return false;
        }

        @Override
        public boolean quick() {
            return true;
        }

        @Override
        public boolean missing() {
            return true;
        }

        @Override
        public String text() {
            return "";
        }
    }

    /** The password itself. */
    record ClearText(String text) implements StoredPassword {

        @Override
        public boolean matches(String password) {
            return MessageDigest.isEqual(
                    password.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean quick() {
            return true;
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "ClearText";
        }
    }

    /** A plain digest, as Apache FtpServer's encryptors of that name make it. */
    record Digest(String algorithm, String text) implements StoredPassword {

        @Override
        public boolean matches(String password) {
            return MessageDigest.isEqual(
                    digest(algorithm, password), HexFormat.of().parseHex(text));
        }

        @Override
        public boolean quick() {
            return true;
        }

        /** Without the digest. */
        @Override
        public String toString() {
            return algorithm;
        }
    }

    /** What Apache FtpServer's {@code SaltedPasswordEncryptor} makes. */
    record SaltedMd5(String text) implements StoredPassword {

        static final Pattern FORM = Pattern.compile("\\d+:[0-9a-fA-F]{32}");

        /** Fixed by that encryptor. */
        private static final int ROUNDS = 1000;

        private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

        @Override
        public boolean matches(String password) {
            int colon = text.indexOf(':');
            String hash = text.substring(0, colon) + password;
            for (int round = 0; round < ROUNDS; round++) {
                hash = UPPER_CASE.formatHex(digest("MD5", hash));
            }
            String stored = text.substring(colon + 1).toUpperCase(Locale.ROOT);
            return MessageDigest.isEqual(
                    hash.getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return "SaltedMd5";
        }
    }
}
