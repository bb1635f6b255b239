package dev.zeroftpd.it;

import java.util.List;

/**
 * One reply of the server-PI, RFC 959 section 4.2. Immutable.
 *
 * @param lines without line ends, the code of the first and last line included
 */
record Reply(int code, List<String> lines) {

    Reply {
        lines = List.copyOf(lines);
    }

    String text() {
        return String.join("\n", lines);
    }
}
