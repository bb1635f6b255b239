package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.users.password.PasswordForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One value of an account as it counts, for people. Immutable; any thread.
 *
 * @param attribute its name in {@code users.properties}
 * @param value as it is written, or what counts where nothing is; of a password its form only, of permissions what is left of them
 * @param from where it is written: {@code user, line 12}, {@code group staff, line 3}, or {@code default}
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
        EffectiveLines lines = AccountsParser.linesOf(properties, name).orElseThrow();
        List<AccountView> values = new ArrayList<>();
        for (AccountKey key : AccountKey.values()) {
            Optional<EffectiveLines.Line> written = lines.find(key);
            String value = switch (key) {
                case PASSWORD ->
                    account.needsPassword()
                            ? PasswordForm.describe(account.storedPassword())
                            : "none: the certificate is enough";
                case HOME -> account.getHomeDirectory();
                case PERMISSIONS -> Permission.text(account.rights().at("/"));
                default -> written.map(EffectiveLines.Line::stripped).orElseGet(key::defaultText);
            };
            // without permissions, write permission decides
            Optional<EffectiveLines.Line> decides =
                    key == AccountKey.PERMISSIONS ? written.or(() -> lines.find(AccountKey.WRITE_PERMISSION)) : written;
            if (!key.isForPathsOnly() || lines.byPath(key).isEmpty()) {
                values.add(new AccountView(
                        key.attribute(), value, decides.map(AccountView::from).orElse("default")));
            }
            new TreeMap<>(lines.byPath(key))
                    .forEach((path, line) -> values.add(new AccountView(
                            Attribute.of(key, path).text(),
                            key == AccountKey.PERMISSIONS
                                    ? Permission.text(account.rights().at(path))
                                    : line.stripped(),
                            from(line))));
        }
        return values;
    }

    private static String from(EffectiveLines.Line line) {
        return line.group().map(group -> "group " + group).orElse("user") + ", line "
                + line.entry().line();
    }
}
