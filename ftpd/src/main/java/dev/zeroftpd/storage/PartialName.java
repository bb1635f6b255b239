package dev.zeroftpd.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The names of partial files: {@code .NAME.zeroftpd-partial-USER}, where USER stands for the account, so that nobody
 * continues somebody else's upload. Stateless; any thread.
 */
final class PartialName {

    private static final String MARK = ".zeroftpd-partial-";

    /** 64 bits: nobody finds a second account name with the same by trying. */
    private static final int HASH_BYTES = 8;

    private static final Pattern PARTIAL = Pattern.compile("\\..*\\.zeroftpd-partial-[0-9a-f]{16}(-[0-9a-f]{16})?");

    /** What Linux allows is 255; the two hashes and the mark need less than 55. */
    private static final int LONGEST_NAME_BYTES = 200;

    private PartialName() {}

    /** Where the upload of {@code target} by an account can be resumed. */
    static VirtualPath of(VirtualPath target, String user) {
        String name = target.name();
        String shortened = FileName.encode(name).length > LONGEST_NAME_BYTES ? hash(name) : name;
        return target.parent().child("." + shortened + MARK + hash(user));
    }

    /** A name that no other upload has, for one that runs beside another. */
    static VirtualPath another(VirtualPath partial) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return partial.parent().child(partial.name() + "-" + random);
    }

    /** True if the server keeps a partial file under such a name: it is no client's business. */
    static boolean isPartial(String name) {
        return name.contains(MARK) && PARTIAL.matcher(name).matches();
    }

    /** True if some text names a partial file, as messages of the storage may. */
    static boolean isMentioned(String text) {
        return text.contains(MARK);
    }

    /** A message that begins with a partial's path, as one about {@code target}. */
    static String about(VirtualPath target, String message) {
        int colon = message.indexOf(':', message.lastIndexOf(MARK));
        return target + (colon < 0 ? ": failed" : message.substring(colon));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
