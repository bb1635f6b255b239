package dev.zeroftpd.storage;

import java.util.Optional;

/**
 * Where a symbolic link leads, as far as a client may know. Immutable; any thread.
 *
 * @param text the link's text, or the virtual path that it means; empty if it leads out of the home, or might
 * @param leadsTo what is there, if a command that follows the link reaches it
 */
public record LinkTarget(Optional<String> text, Optional<Metadata> leadsTo) {

    /** Of a link that tells nothing. */
    public static final LinkTarget UNKNOWN = new LinkTarget(Optional.empty(), Optional.empty());

    /**
     * True if a link's text stays inside the home, whatever is created there later, given that its leading {@code ..}
     * do: a {@code ..} behind a name would be resolved from wherever that name leads.
     */
    public static boolean ascendsOnlyFirst(String text) {
        boolean descended = false;
        for (String segment : text.split("/", -1)) {
            boolean up = segment.equals("..");
            if (up && descended) {
                return false;
            }
            descended |= !up && !segment.isEmpty() && !segment.equals(".");
        }
        return !text.startsWith("/");
    }
}
