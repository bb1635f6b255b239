package dev.zeroftpd.storage;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The pattern of the names that clients neither see nor may use: those of the partial files of uploads
 * ({@code storage.upload} makes them). Stateless; any thread.
 *
 * <p>Some file systems take names for the same that differ in upper and lower case, or in characters that aren't seen.
 * So the pattern leaves the case open, takes ligatures and the like for their letters, and what is not ASCII then out: it
 * knows every name by which any of them finds a partial.
 */
public final class HiddenName {

    /** Stands between the name of the file and what tells partials apart. */
    public static final String MARK = ".zeroftpd-partial-";

    /** Matches what stands behind the mark, once or several times: 16 digits. */
    public static final String WORD = "[0-9a-f]{16}";

    /** Of files with such a name: they are the server's alone. */
    public static final int PERMISSIONS = 0600;

    /** Those of older versions had one or two words behind the mark. They expire like the others. */
    private static final String BEHIND_NAME = Pattern.quote(MARK) + WORD + "(-" + WORD + "){0,2}";

    /** The name of the file may hold what Java takes for the end of a line. */
    private static final Pattern PARTIAL =
            Pattern.compile("\\..*" + BEHIND_NAME, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /** A dot before the mark, and a word of 16 digits behind it. */
    private static final int SHORTEST = 1 + MARK.length() + 16;

    private static final int FIRST_BEYOND_ASCII = 0x80;

    private static final Pattern IN_TEXT = Pattern.compile("\\.([^/]*)" + BEHIND_NAME);

    private HiddenName() {}

    /** True for a partial's name. */
    public static boolean isPartial(String name) {
        if (name.isEmpty() || (name.charAt(0) != '.' && name.charAt(0) < FIRST_BEYOND_ASCII)) {
            return false;
        }
        String ascii = inAscii(name);
        return ascii.length() >= SHORTEST && PARTIAL.matcher(ascii).matches();
    }

    private static String inAscii(String name) {
        if (name.chars().allMatch(unit -> unit < FIRST_BEYOND_ASCII)) {
            return name;
        }
        StringBuilder ascii = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFKD)
                .chars()
                .filter(unit -> unit < FIRST_BEYOND_ASCII)
                .forEach(unit -> ascii.append((char) unit));
        return ascii.toString();
    }

    /** A text for a client with the names of the files instead of those of their partials. */
    static String withoutPartials(String text) {
        return text.contains(MARK) ? IN_TEXT.matcher(text).replaceAll("$1") : text;
    }
}
