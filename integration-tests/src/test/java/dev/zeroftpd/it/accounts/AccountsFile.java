package dev.zeroftpd.it.accounts;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of accounts with keys of ours, beside the one that every test server has. Stateless. */
final class AccountsFile {

    private static final String NAME = "accounts.properties";

    /** What all accounts here log in with. */
    private static final String PASSWORD = "secret";

    private AccountsFile() {}

    /** The lines of an account in the home of the tests. */
    static String account(String name, String... attributes) {
        StringBuilder lines = new StringBuilder();
        lines.append("ftpserver.user.")
                .append(name)
                .append(".userpassword=")
                .append(PASSWORD)
                .append('\n');
        lines.append("ftpserver.user.").append(name).append(".homedirectory=home\n");
        for (String attribute : attributes) {
            lines.append("ftpserver.user.")
                    .append(name)
                    .append('.')
                    .append(attribute)
                    .append('\n');
        }
        return lines.toString();
    }

    /** The options of a server whose accounts are {@code lines}. */
    static ServerOptions options(Path folder, ServerOptions others, String lines) throws IOException {
        Files.createDirectories(folder.resolve("home"));
        Files.writeString(folder.resolve(NAME), lines);
        return others.with("users.file", NAME);
    }

    static ServerOptions options(Path folder, String lines) throws IOException {
        return options(folder, ServerOptions.standard(), lines);
    }

    /** Edits the accounts of a server that runs, which notices by itself. */
    static void edit(RunningServer server, String from, String to) throws IOException {
        Path file = server.folder().resolve(NAME);
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    static Account named(String name) {
        return new Account(name, PASSWORD, "home", true, 0, 0, 0, 0);
    }
}
