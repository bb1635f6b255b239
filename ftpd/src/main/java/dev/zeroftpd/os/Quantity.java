package dev.zeroftpd.os;

/** A number and what it counts, as people say it: "1 session", "2 sessions". Stateless; any thread. */
public final class Quantity {

    private Quantity() {}

    /**
     * The count with its noun, in the plural unless it is 1.
     *
     * @param noun one that gets an s
     */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
