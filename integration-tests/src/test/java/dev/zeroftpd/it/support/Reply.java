package dev.zeroftpd.it.support;

import java.util.List;

/**
 * One reply of the server-PI, RFC 959 section 4.2. Immutable.
 *
 * @param lines without line ends, the code of the first and last line included
 */
public record Reply(int code, List<String> lines) {

    public Reply {
        lines = List.copyOf(lines);
    }

    public String text() {
        return String.join("\n", lines);
    }
}
