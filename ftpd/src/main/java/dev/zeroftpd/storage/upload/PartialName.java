package dev.zeroftpd.storage.upload;

import dev.zeroftpd.charset.FileName;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.VirtualPath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of partial files: {@code .NAME.zeroftpd-partial-OWNER-STATE}, where OWNER stands for the account and its
 * address, so that no other continues its upload, and STATE for the file that it was to replace, so that it is not found
 * any more once that has changed. Stateless; any thread.
 *
 * <p>Everything needed to resume an upload is in the name: it survives a restart, and every file system has names.
 */
final class PartialName {

    /** 64 bits: an attacker finds no second account name with the same by trying. */
    private static final int HASH_BYTES = 8;

    private static final Pattern RESUMABLE = Pattern.compile(
            "\\.(.*)" + Pattern.quote(HiddenName.MARK) + "(" + HiddenName.WORD + ")-(" + HiddenName.WORD + ")",
            Pattern.DOTALL);

    /** What Linux allows is 255; three hashes and the mark need less than 70. */
    private static final int LONGEST_NAME_BYTES = 185;

    private PartialName() {}

    /** What the name of a partial that can be resumed tells. */
    record Parsed(String shortened, String owner, FileState state) {

        /** The name of the file, if it is not too long to be part of another. */
        Optional<String> name() {
            return isHash(shortened) ? Optional.empty() : Optional.of(shortened);
        }
    }

    /** The name under which an upload of {@code target} can be resumed while that file is in {@code state}. */
    static VirtualPath of(VirtualPath target, PartialOwner owner, FileState state) {
        VirtualPath lock = lock(target, owner);
        return lock.parent().child(lock.name() + "-" + state.text());
    }

    /** A name that no other upload has, for one that runs beside another. */
    static VirtualPath another(VirtualPath partial) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return partial.parent().child(partial.name() + "-" + random);
    }

    /** What an upload reserves so that no other of the same owner continues the same file, whatever its state. */
    static VirtualPath lock(VirtualPath target, PartialOwner owner) {
        return target.parent().child("." + shortened(target.name()) + HiddenName.MARK + owner.digest());
    }

    /** The same, known by the partial. */
    static VirtualPath lock(VirtualPath partial) {
        String name = partial.name();
        return RESUMABLE.matcher(name).matches()
                ? partial.parent().child(name.substring(0, name.lastIndexOf('-')))
                : partial;
    }

    /** A file's name as it appears in that of its partial: itself, or its hash if it is too long. */
    static String shortened(String name) {
        return FileName.encode(name).length > LONGEST_NAME_BYTES ? "#" + hash(name) : name;
    }

    private static boolean isHash(String shortened) {
        return shortened.startsWith("#") && shortened.length() == 1 + 2 * HASH_BYTES;
    }

    /** Empty if no upload can be resumed there. */
    static Optional<Parsed> parse(String name) {
        Matcher matcher = RESUMABLE.matcher(name);
        return matcher.matches()
                ? Optional.of(new Parsed(matcher.group(1), matcher.group(2), new FileState(matcher.group(3))))
                : Optional.empty();
    }

    /** The hash of a text: 16 hexadecimal digits. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
