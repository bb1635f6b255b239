package dev.zeroftpd.users.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * An Argon2 hash (RFC 9106) in the string form of its reference implementation:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. This is what new passwords get. Immutable; any thread.
 */
public final class Argon2Hash implements StoredPassword {

    /** OWASP's minimum for Argon2id: 19 MiB, so that as many hashes as there are cores fit into a small heap. */
    private static final Cost NEW = new Cost(19 * 1024, 2, 1);

    /** RFC 9106 recommends 128 bits of salt and 256 of tag. */
    private static final int SALT_BYTES = 16;

    private static final int TAG_BYTES = 32;

    /** In characters: 128 bits. */
    private static final int LEAST_TAG = 22;

    /** 0.1 s for two passes over 19 MiB. */
    private static final int NANOS_PER_BLOCK = 2600;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** All before the salt. */
    private static final Pattern HEAD = Pattern.compile("\\$argon2(?<type>id|i|d)\\$(?:v=(?<version>16|19)\\$)?"
            + "m=(?<memory>\\d{1,9}),t=(?<passes>\\d{1,9}),p=(?<lanes>\\d{1,9})");

    /** What was read last: all hashes that this server makes begin alike, and there may be a hundred thousand. */
    private static volatile @Nullable Head latest;

    private final String text;
    private final Head head;
    private final int tagAt;

    private Argon2Hash(String text, Head head, int tagAt) {
        this.text = text;
        this.head = head;
        this.tagAt = tagAt;
    }

    /** All before the dollar sign in front of the salt. */
    private record Head(String text, int type, int version, Cost cost) {}

    /** The limits keep one login from taking the heap, or a core for minutes. */
    private record Cost(int memoryKiB, int passes, int lanes) {

        private static final int MOST_MEMORY_KIB = 256 * 1024;
        private static final int MOST_PASSES = 64;

        /** Time goes with both: pure-pw takes little memory (8 MiB) and up to 511 passes. */
        private static final long MOST_WORK = (long) MOST_MEMORY_KIB * MOST_PASSES;

        private static final int MOST_LANES = 16;

        /** RFC 9106, section 3.1: at least 8 blocks a lane. */
        private static final int BLOCKS_PER_LANE = 8;

        Cost {
            if (memoryKiB > MOST_MEMORY_KIB || (long) memoryKiB * passes > MOST_WORK || lanes > MOST_LANES) {
                throw new IllegalArgumentException("the Argon2 hash costs more than this server spends on a login (m="
                        + MOST_MEMORY_KIB + ",t=" + MOST_PASSES + ",p=" + MOST_LANES + ")");
            }
            if (lanes < 1 || passes < 1 || memoryKiB < BLOCKS_PER_LANE * lanes) {
                throw new IllegalArgumentException("the Argon2 hash has impossible parameters");
            }
        }
    }

    /** Hashes a new password: about 0.1 s of CPU and 19 MiB of heap. */
    public static Argon2Hash of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] tag =
                tag(Argon2Parameters.ARGON2_id, Argon2Parameters.ARGON2_VERSION_13, NEW, salt, TAG_BYTES, password);
        return build(salt, tag);
    }

    /** A hash that costs what one of {@link #of} does, and that no password is known for. */
    public static Argon2Hash decoy() {
        byte[] salt = new byte[SALT_BYTES];
        byte[] tag = new byte[TAG_BYTES];
        RANDOM.nextBytes(salt);
        RANDOM.nextBytes(tag);
        return build(salt, tag);
    }

    private static Argon2Hash build(byte[] salt, byte[] tag) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        String text = "$argon2id$v=19$m=" + NEW.memoryKiB() + ",t=" + NEW.passes() + ",p=" + NEW.lanes() + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(tag);
        return parse(text);
    }

    /** @throws IllegalArgumentException if it isn't one, or costs too much */
    static Argon2Hash parse(String text) {
        int tagAt = text.lastIndexOf('$') + 1;
        int saltAt = text.lastIndexOf('$', tagAt - 2) + 1;
        Head head = head(text, Math.max(0, saltAt - 1));
        if (!isBase64(text, saltAt, tagAt - 1) || !isBase64(text, tagAt, text.length())) {
            throw malformed();
        }
        if (text.length() - tagAt < LEAST_TAG) {
            throw new IllegalArgumentException("the Argon2 hash is too short to be safe");
        }
        return new Argon2Hash(text, head, tagAt);
    }

    private static Head head(String text, int length) {
        @Nullable Head known = latest;
        if (known != null && known.text().length() == length && text.startsWith(known.text())) {
            return known;
        }
        Matcher form = HEAD.matcher(text.substring(0, length));
        if (!form.matches()) {
            throw malformed();
        }
        int type = switch (form.group("type")) {
            case "id" -> Argon2Parameters.ARGON2_id;
            case "i" -> Argon2Parameters.ARGON2_i;
            default -> Argon2Parameters.ARGON2_d;
        };
        int version = "19".equals(form.group("version"))
                ? Argon2Parameters.ARGON2_VERSION_13
                : Argon2Parameters.ARGON2_VERSION_10;
        Cost cost = new Cost(
                Integer.parseInt(form.group("memory")),
                Integer.parseInt(form.group("passes")),
                Integer.parseInt(form.group("lanes")));
        Head read = new Head(form.group(), type, version, cost);
        latest = read;
        return read;
    }

    /** Without padding; one character alone is no byte. */
    private static boolean isBase64(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '/') {
                return false;
            }
        }
        return end > begin && (end - begin) % 4 != 1;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("the password begins like an Argon2 hash, but isn't one");
    }

    @Override
    public boolean matches(String password) {
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] salt = base64.decode(text.substring(head.text().length() + 1, tagAt - 1));
        byte[] tag = base64.decode(text.substring(tagAt));
        return MessageDigest.isEqual(tag, tag(head.type(), head.version(), head.cost(), salt, tag.length, password));
    }

    private static byte[] tag(int type, int version, Cost cost, byte[] salt, int length, String password) {
        Argon2Parameters.Builder parameters = new Argon2Parameters.Builder(type)
                .withVersion(version)
                .withMemoryAsKB(cost.memoryKiB())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt);
        return HashMemory.OF_THIS_PROCESS.compute(cost.memoryKiB(), blocks -> {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters.withBlockPool(blocks).build());
            byte[] tag = new byte[length];
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
            return tag;
        });
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public long cost() {
        return (long) head.cost().memoryKiB() * head.cost().passes() * NANOS_PER_BLOCK / 1000;
    }

    @Override
    public int memoryKiB() {
        return head.cost().memoryKiB();
    }

    @Override
    public String text() {
        return text;
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "Argon2";
    }
}
