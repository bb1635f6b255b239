package dev.zeroftpd.admin.page.sign;

import java.util.Optional;

/**
 * What a person may do on the page. Immutable; any thread.
 *
 * @param acts whether they may change anything
 * @param group to whose accounts they are confined; empty for all
 */
public record PageRole(boolean acts, Optional<String> group) {

    private static final String OF_GROUP = "admin:";

    private static final PageRole VIEWER = new PageRole(false, Optional.empty());

    private static final PageRole ADMIN = new PageRole(true, Optional.empty());

    /** Reads {@code viewer}, {@code admin} or {@code admin:GROUP}; empty for anything else. */
    public static Optional<PageRole> parse(String text) {
        return switch (text) {
            case "viewer" -> Optional.of(VIEWER);
            case "admin" -> Optional.of(ADMIN);
            default -> ofGroup(text);
        };
    }

    private static Optional<PageRole> ofGroup(String text) {
        return text.startsWith(OF_GROUP) && text.length() > OF_GROUP.length()
                ? Optional.of(new PageRole(true, Optional.of(text.substring(OF_GROUP.length()))))
                : Optional.empty();
    }

    /** Whether what is the whole server's may be seen: its log, its bans, its health. */
    public boolean seesServer() {
        return group.isEmpty();
    }

    /** One word for the page. */
    public String word() {
        if (!acts) {
            return "viewer";
        }
        return group.isPresent() ? "group-admin" : "admin";
    }

    /** As it is asked for. */
    @Override
    public String toString() {
        return group.map(OF_GROUP::concat).orElseGet(this::word);
    }
}
