package dev.zeroftpd.command.listing;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.regex.Pattern;

/** What LIST is asked for: switches, and patterns that match what a regular expression of the same meaning does. */
public final class ListingFuzzer {

    private ListingFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        String pattern = data.consumeAsciiString(24);
        String name = data.consumeAsciiString(24);
        boolean exists = data.consumeBoolean();
        ListArgument.parse(data.consumeRemainingAsString(), _ -> exists);
        boolean matches = Glob.of(pattern).matches(name);
        if (pattern.indexOf('[') < 0
                && matches != expression(pattern).matcher(name).matches()) {
            throw new IllegalStateException("'" + pattern + "' matches '" + name + "': " + matches);
        }
    }

    private static Pattern expression(String pattern) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            expression.append(
                    switch (pattern.charAt(i)) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(pattern.substring(i, i + 1));
                    });
        }
        return Pattern.compile(expression.toString().replaceAll("(\\.\\*)+", ".*"), Pattern.DOTALL);
    }
}
