package dev.zeroftpd.os;

/** A number and what it counts, as people say it: "1 session", "2 sessions". Stateless; any thread. */
public final class Quantity {

    private Quantity() {}

    /** @param noun one that gets an s */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
