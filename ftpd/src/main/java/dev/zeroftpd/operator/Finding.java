package dev.zeroftpd.operator;

/**
 * What a look at the running server has found. Immutable; any thread.
 *
 * @param about a few words, such as "certificate"
 * @param text what was seen, and what to do about it
 */
public record Finding(Severity severity, String about, String text) {

    /** How bad it is. */
    public enum Severity {
        /** As it should be, or good to know. */
        FINE,
        /** It works, but perhaps not as it is meant to. */
        DOUBTFUL,
        /** Clients can't do what they should be able to do. */
        WRONG
    }

    public static Finding fine(String about, String text) {
        return new Finding(Severity.FINE, about, text);
    }

    public static Finding doubtful(String about, String text) {
        return new Finding(Severity.DOUBTFUL, about, text);
    }

    public static Finding wrong(String about, String text) {
        return new Finding(Severity.WRONG, about, text);
    }
}
