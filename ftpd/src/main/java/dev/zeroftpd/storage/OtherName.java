package dev.zeroftpd.storage;

import dev.zeroftpd.charset.FileName;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a new file is called where its name is taken, or might be: the same with a dot and eight random characters. Stateless; any
 * thread.
 */
public final class OtherName {

    /** What Linux allows. */
    private static final int LONGEST_BYTES = 255;

    /** A dot and the eight characters. */
    private static final int ENDING_BYTES = 9;

    private OtherName() {}

    /**
     * Another one with each call. Of a name that leaves no room for the ending, the end is left out: a client must not learn
     * from a refusal that a name is taken. One that no file can have stays too long.
     */
    public static VirtualPath of(VirtualPath taken) {
        return taken.parent().child(stem(taken.name()) + ending());
    }

    /** What makes the difference, another with each call. */
    public static String ending() {
        return "." + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    private static String stem(String name) {
        int bytes = FileName.encode(name).length;
        if (bytes > LONGEST_BYTES) {
            return name;
        }
        String stem = name;
        while (FileName.encode(stem).length > LONGEST_BYTES - ENDING_BYTES) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem;
    }
}
