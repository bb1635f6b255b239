package dev.zeroftpd.command.listing;

/**
 * What a client wrote behind LIST, NLST or STAT. Immutable.
 *
 * <p>RFC 959 knows only a path there, but clients have always written switches of {@code ls} before it. {@code --} ends
 * them, and so does the first word that isn't made of known switches: {@code LIST -report.txt} lists a file.
 *
 * @param path as the client wrote it, spaces and all; empty for the working directory
 */
public record ListArgument(ListSwitches switches, String path) {

    private static final ListArgument NOTHING = new ListArgument(ListSwitches.NONE, "");

    public static ListArgument parse(String argument) {
        ListArgument parsed = NOTHING;
        String rest = argument;
        while (true) {
            int space = rest.indexOf(' ');
            String word = space < 0 ? rest : rest.substring(0, space);
            String behind = space < 0 ? "" : rest.substring(space + 1);
            if (word.equals("--")) {
                return new ListArgument(parsed.switches, behind);
            }
            if (word.isEmpty() && space == 0 && !parsed.equals(NOTHING)) {
                rest = behind; // several spaces behind a switch
                continue;
            }
            if (!ListSwitches.isGroup(word)) {
                return new ListArgument(parsed.switches, rest);
            }
            parsed = new ListArgument(parsed.switches.with(word), "");
            rest = behind;
        }
    }

    /** A path, whatever it looks like. */
    public static ListArgument ofPath(String path) {
        return new ListArgument(ListSwitches.NONE, path);
    }
}
