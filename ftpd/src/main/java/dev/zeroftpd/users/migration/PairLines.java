package dev.zeroftpd.users.migration;

import dev.zeroftpd.config.reader.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads names in odd lines and their passwords in even ones, in clear, as {@code db_load -T -t hash} takes them. Stateless. */
final class PairLines {

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
            ForeignAccount account = new ForeignAccount("line " + (i + 1), lines.get(i));
            String password = lines.get(i + 1);
            if (password.startsWith("$") && password.indexOf('$', 1) > 1) {
                account.hash(password); // pam_userdb with crypt=crypt
            } else {
                account.password(password);
            }
            accounts.add(account);
        }
        return accounts;
    }
}
