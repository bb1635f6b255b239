package dev.zeroftpd.command.listing;

/**
 * The switches of {@code ls(1)} that a listing honours. Immutable.
 *
 * @param hidden {@code -a}, {@code -A}: names that begin with a dot too
 * @param dots {@code -a}: {@code .} and {@code ..} too
 * @param lines {@code -l}: full lines, where only names would be given
 * @param recursive {@code -R}
 * @param itself {@code -d}: a directory itself, not what is in it
 * @param classify {@code -F}, {@code -p}: a slash behind each directory's name
 * @param order {@code -t}, {@code -S}: by what to sort
 * @param reverse {@code -r}: the other way round
 */
public record ListSwitches(
        boolean hidden,
        boolean dots,
        boolean lines,
        boolean recursive,
        boolean itself,
        boolean classify,
        Order order,
        boolean reverse) {

    /** By what a listing is sorted. */
    public enum Order {
        /** As the directory comes. */
        AS_IT_COMES,
        NAME,
        /** Newest first. */
        TIME,
        /** Largest first. */
        SIZE
    }

    /** What {@code ls} understands; those that change nothing in a listing for programs are taken and ignored. */
    private static final String KNOWN = "1AaBbCcdFfGghHiklLmnopQqRrSsTtUuvwXx";

    public static final ListSwitches NONE =
            new ListSwitches(false, false, false, false, false, false, Order.AS_IT_COMES, false);

    /** True for a dash and letters that are all switches; anything else is a name. */
    static boolean isGroup(String word) {
        return word.length() > 1
                && word.charAt(0) == '-'
                && word.chars().skip(1).allMatch(letter -> KNOWN.indexOf(letter) >= 0);
    }

    /** These and those of {@code group}; among orders the last one wins. */
    ListSwitches with(String group) {
        return new ListSwitches(
                hidden || has(group, 'a') || has(group, 'A') || has(group, 'f'),
                dots || has(group, 'a') || has(group, 'f'),
                lines || has(group, 'l'),
                recursive || has(group, 'R'),
                itself || has(group, 'd'),
                classify || has(group, 'F') || has(group, 'p'),
                orderWith(group),
                reverse || has(group, 'r'));
    }

    private Order orderWith(String group) {
        int last = -1;
        for (int i = 0; i < group.length(); i++) {
            last = "tSUf".indexOf(group.charAt(i)) >= 0 ? i : last;
        }
        if (last < 0) {
            return order == Order.AS_IT_COMES && has(group, 'r') ? Order.NAME : order;
        }
        return switch (group.charAt(last)) {
            case 't' -> Order.TIME;
            case 'S' -> Order.SIZE;
            default -> Order.AS_IT_COMES;
        };
    }

    private static boolean has(String group, char letter) {
        return group.indexOf(letter) >= 0;
    }
}
