package dev.zeroftpd.users.migration;

import dev.zeroftpd.config.reader.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads names in odd lines and their passwords in even ones, in clear, as {@code db_load -T -t hash} takes them: there a
 * backslash begins the two hex digits of a character, or stands before itself. Stateless; any thread.
 */
final class PairLines {

    private static final Pattern ESCAPED = Pattern.compile("\\\\(\\\\|[0-9a-fA-F]{2})");

    private PairLines() {}

    static List<ForeignAccount> read(Path file) throws ConfigException {
        List<String> lines = new ArrayList<>(ForeignLines.read(file));
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        if (lines.size() % 2 != 0) {
            throw ForeignLines.problem(
                    file,
                    "has an odd number of lines (" + lines.size() + ")",
                    "names and passwords take turns, a line each; a password is missing",
                    null);
        }
        List<ForeignAccount> accounts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            ForeignAccount account = new ForeignAccount("line " + (i + 1), unescaped(lines.get(i)));
            String password = unescaped(lines.get(i + 1));
            if (password.startsWith("$") && password.indexOf('$', 1) > 1) {
                account.hash(password); // pam_userdb with crypt=crypt
            } else {
                account.password(password);
            }
            accounts.add(account);
        }
        return accounts;
    }

    /** The digits are those of bytes. */
    private static String unescaped(String line) {
        if (line.indexOf('\\') < 0) {
            return line;
        }
        String latin = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String bytes = ESCAPED.matcher(latin)
                .replaceAll(escaped -> Matcher.quoteReplacement(
                        escaped.group(1).equals("\\")
                                ? "\\"
                                : Character.toString(Integer.parseInt(escaped.group(1), 16))));
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
