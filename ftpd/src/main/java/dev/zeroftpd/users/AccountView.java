package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One value of an account as it counts, for people. Immutable; any thread.
 *
 * @param attribute its name in {@code users.properties}
 * @param value as it is written, or what counts where nothing is; of a password its form only
 * @param from where it is written: {@code line 12}, or {@code default}
 */
public record AccountView(String attribute, String value, String from) {

    /**
     * All values of an account.
     *
     * @throws ConfigException if there is no such account, or anything is wrong with the file
     */
    public static List<AccountView> of(Path file, String name) throws ConfigException {
        PropertiesFile properties = Accounts.propertiesOf(file);
        Account account = AccountsParser.parse(properties)
                .find(name)
                .orElseThrow(() -> new ConfigException(
                        Problem.inFile(file, "there is no account " + name, "see them with: ftpd user list")));
        List<AccountView> values = new ArrayList<>();
        for (AccountKey key : AccountKey.values()) {
            Optional<Entry> written = properties.find(key.forAccount(name));
            String value = switch (key) {
                case PASSWORD -> PasswordForm.describe(account.storedPassword());
                case HOME -> account.getHomeDirectory();
                default -> written.map(entry -> entry.value().strip()).orElseGet(key::defaultText);
            };
            values.add(new AccountView(
                    key.attribute(),
                    value,
                    written.map(entry -> "line " + entry.line()).orElse("default")));
        }
        return values;
    }
}
