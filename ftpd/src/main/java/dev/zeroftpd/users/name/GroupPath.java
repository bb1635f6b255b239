package dev.zeroftpd.users.name;

/** What <code>${user}</code> in the paths of a group means: the name of the account. Stateless; any thread. */
public final class GroupPath {

    private static final String USER = "${user}";

    /** {@code jar:} separates by an exclamation mark. */
    private static final String IN_URIS = "%?#;\\!";

    private GroupPath() {}

    public static boolean isOfMember(String path) {
        return path.contains(USER);
    }

    public static String forMember(String path, String name) {
        return path.replace(USER, name);
    }

    /** What of a path is the same for all members: the elements before the first that has the name in it. */
    public static String fixedPart(String path) {
        int name = path.indexOf(USER);
        return name < 0 ? path : path.substring(0, path.lastIndexOf('/', name) + 1);
    }

    /** Whether a name stands for one element of a path, so that it can't lead out of what the group means. */
    public static boolean canHold(String name) {
        return !name.contains("/") && !name.equals(".") && !name.equals("..");
    }

    /** The same in the URI of a home, where other characters separate too, or stand for some that do. */
    public static boolean canHoldInUri(String name) {
        return canHold(name) && name.chars().noneMatch(letter -> IN_URIS.indexOf(letter) >= 0);
    }
}
