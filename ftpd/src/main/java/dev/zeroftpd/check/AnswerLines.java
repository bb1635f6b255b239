package dev.zeroftpd.check;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an account is, as an answer says it: the attributes of {@code users.properties}, a line each. Stateless; any thread. */
final class AnswerLines {

    /** Far more than an account has. */
    static final int MOST_BYTES = 16_384;

    /** As many folders and permissions by directory as an account may have here. */
    static final int MOST = 100;

    private AnswerLines() {}

    /**
     * Reads {@code attribute=value}; empty lines and those that begin with {@code #} say nothing.
     *
     * @throws IllegalArgumentException with what is wrong, in a clause
     */
    static Map<String, String> parse(String text) {
        Map<String, String> lines = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String written = line.strip();
            if (written.isEmpty() || written.startsWith("#")) {
                continue;
            }
            int equals = written.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("line " + number + " of the answer is no attribute=value");
            }
            put(
                    lines,
                    written.substring(0, equals).strip(),
                    written.substring(equals + 1).strip());
        }
        return lines;
    }

    static void put(Map<String, String> lines, String attribute, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the answer has a control character in " + attribute);
        }
        if (lines.put(attribute, value) != null) {
            throw new IllegalArgumentException("the answer has " + attribute + " twice");
        }
        if (lines.size() > MOST) {
            throw new IllegalArgumentException("the answer has more than " + MOST + " lines");
        }
    }
}
