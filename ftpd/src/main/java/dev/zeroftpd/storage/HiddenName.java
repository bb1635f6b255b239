package dev.zeroftpd.storage;

import java.util.regex.Pattern;

/**
 * The pattern of the names that clients neither see nor may use: those of the partial files of uploads
 * ({@code storage.upload} makes them). Stateless; any thread.
 */
public final class HiddenName {

    /** Stands between the name of the file and what tells partials apart. */
    public static final String MARK = ".zeroftpd-partial-";

    /**
     * Those of older versions had one or two words behind the mark. They expire like the others. The name of the file may
     * hold what Java takes for the end of a line, such as U+2028.
     */
    private static final Pattern PARTIAL =
            Pattern.compile("\\..*\\.zeroftpd-partial-[0-9a-f]{16}(-[0-9a-f]{16}){0,2}", Pattern.DOTALL);

    private static final Pattern IN_TEXT =
            Pattern.compile("\\.([^/]*)\\.zeroftpd-partial-[0-9a-f]{16}(-[0-9a-f]{16}){0,2}");

    private HiddenName() {}

    /** True for a partial's name. */
    public static boolean isPartial(String name) {
        return name.contains(MARK) && PARTIAL.matcher(name).matches();
    }

    /** A text for a client with the names of the files instead of those of their partials. */
    static String withoutPartials(String text) {
        return text.contains(MARK) ? IN_TEXT.matcher(text).replaceAll("$1") : text;
    }
}
