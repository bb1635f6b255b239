package dev.zeroftpd.command.listing;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a client wrote behind LIST, NLST, MLSD or STAT. Immutable.
 *
 * <p>RFC 959 knows only a path there, but clients have always written switches of {@code ls} before it. {@code --} ends
 * them, and so does the first word that can't be one: {@code LIST -report.txt} lists a file. What we don't know of
 * {@code -Z} and {@code --full-time} is ignored, as vsftpd and ProFTPD do, unless a file has that name.
 *
 * @param path as the client wrote it, spaces and all; empty for the working directory
 */
public record ListArgument(ListSwitches switches, String path) {

    /** No client sends more switches that we don't know; each means a look at the disk. */
    private static final int MOST_LOOKS = 8;

    private static final Pattern UNKNOWN_SWITCH = Pattern.compile("-[A-Za-z0-9]+|--[a-z][a-z-]*(=\\S*)?");

    /**
     * Tells switches and path apart.
     *
     * @param exists whether there is a file of exactly that name
     */
    static ListArgument parse(String argument, Predicate<String> exists) {
        ListSwitches switches = ListSwitches.NONE;
        boolean switched = false;
        int looks = 0;
        String rest = argument;
        while (true) {
            int space = rest.indexOf(' ');
            String word = space < 0 ? rest : rest.substring(0, space);
            String behind = space < 0 ? "" : rest.substring(space + 1);
            if (word.equals("--")) {
                return new ListArgument(switches, HomeTilde.expand(behind, exists));
            }
            boolean blank = word.isEmpty() && space == 0 && switched; // several spaces behind a switch
            boolean known = ListSwitches.isGroup(word);
            if (!blank && !known && (!isUnknownSwitch(word, rest, exists) || ++looks > MOST_LOOKS)) {
                return new ListArgument(switches, HomeTilde.expand(rest, exists));
            }
            switches = word.startsWith("--") ? switches : switches.with(word);
            switched = true;
            rest = behind;
        }
    }

    private static boolean isUnknownSwitch(String word, String rest, Predicate<String> exists) {
        return UNKNOWN_SWITCH.matcher(word).matches() && !exists.test(rest);
    }

    /** For MLSD, where RFC 3659 has a path and nothing else: whatever names a file is a path. */
    static String path(String argument, Predicate<String> exists) {
        return !argument.startsWith("-") || exists.test(argument)
                ? HomeTilde.expand(argument, exists)
                : parse(argument, exists).path();
    }
}
