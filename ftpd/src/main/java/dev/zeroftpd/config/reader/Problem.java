package dev.zeroftpd.config.reader;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One thing that is wrong in the configuration, as its administrator must see it. Immutable; any thread.
 *
 * @param where {@code FILE:LINE}, {@code FILE}, or what else the value came from: an environment variable, {@code --set}
 * @param what what is wrong, with key and value, in a clause without a full stop
 * @param remedy what to do about it, in a clause without a full stop
 */
public record Problem(String where, String what, String remedy) {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Values are quoted, and control characters in them must not drive a terminal or look like another line. */
    public Problem {
        where = CONTROL.matcher(where).replaceAll("?");
        what = CONTROL.matcher(what).replaceAll("?");
        remedy = CONTROL.matcher(remedy).replaceAll("?");
    }

    /**
     * A problem of one line.
     *
     * @param line from 1
     */
    public static Problem inLine(Path file, int line, String what, String remedy) {
        return new Problem(file + ":" + line, what, remedy);
    }

    /** A problem of the whole file. */
    public static Problem inFile(Path file, String what, String remedy) {
        return new Problem(file.toString(), what, remedy);
    }

    /** One line for people: {@code WHERE: WHAT; REMEDY}. */
    @Override
    public String toString() {
        return where + ": " + what + "; " + remedy;
    }
}
