package dev.zeroftpd.sql;

import dev.zeroftpd.spi.InvalidSettingsException;
import dev.zeroftpd.spi.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of this plugin, and finds everything that is wrong with them. One thread, one reading. */
final class SqlSettingsReader {

    private static final Set<String> KEYS =
            Set.of("url", "user", "password-file", "ca-file", "home", "keys", "connections");

    /** More would only wait in the database: the server asks no more questions than 16 at once. */
    private static final int MOST_CONNECTIONS = 64;

    private static final int DEFAULT_CONNECTIONS = 8;

    private final SourceSettings settings;
    private final Faults faults = new Faults();

    private SqlSettingsReader(SourceSettings settings) {
        this.settings = settings;
    }

    /** @throws InvalidSettingsException with everything that is wrong */
    static SqlSettings read(SourceSettings settings) throws InvalidSettingsException {
        return new SqlSettingsReader(settings).read();
    }

    private SqlSettings read() throws InvalidSettingsException {
        settings.values().keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> faults.add(
                        key,
                        " is not a setting of the plugin",
                        "remove it, or use one of "
                                + String.join(", ", KEYS.stream().sorted().toList())));
        Optional<DatabaseUrl> url = url();
        Optional<String> user = settings.find("user");
        if (user.isEmpty()) {
            faults.add("user", " is missing", "write whom the server is to the database");
        }
        Optional<String> password = password();
        boolean keys = keys();
        int connections = connections();
        faults.requireNone();
        return new SqlSettings(
                url.orElseThrow(),
                user.orElseThrow(),
                password,
                settings.find("home"),
                keys,
                connections,
                // half for connecting, half for the answer
                settings.timeout().dividedBy(2));
    }

    private Optional<DatabaseUrl> url() {
        Optional<String> text = settings.find("url");
        if (text.isEmpty()) {
            faults.add("url", " is missing", "write sql.url=jdbc:postgresql://HOST/DATABASE");
        }
        Optional<DatabaseUrl> url = text.flatMap(written -> DatabaseUrl.parse(written, faults));
        Optional<Path> authorities = settings.find("ca-file").map(Path::of);
        if (authorities.isPresent()
                && url.filter(found -> found.sslMode().equals("disable")).isPresent()) {
            faults.add("ca-file", " means nothing without TLS", "write sslmode=verify-full into sql.url, or remove it");
        }
        return url.map(found -> found.trusting(authorities));
    }

    private Optional<String> password() {
        Optional<String> file = settings.find("password-file");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<String> password =
                    Files.readString(Path.of(file.get())).lines().findFirst().filter(line -> !line.isEmpty());
            if (password.isEmpty()) {
                faults.add("password-file", " has nothing in its first line", "write the password there");
            }
            return password;
        } catch (IOException e) {
            faults.add("password-file", " can't be read as text", "name a file that the server's user may read");
            return Optional.empty();
        }
    }

    private boolean keys() {
        String text = settings.find("keys").orElse("true");
        if (!text.equals("true") && !text.equals("false")) {
            faults.add("keys", "=" + text + " is neither yes nor no", "use true or false");
        }
        return text.equals("true");
    }

    private int connections() {
        String text = settings.find("connections").orElse(Integer.toString(DEFAULT_CONNECTIONS));
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST_CONNECTIONS) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, as of one that doesn't fit
        }
        faults.add("connections", "=" + text + " is not a number that fits", "use one from 1 to " + MOST_CONNECTIONS);
        return 1;
    }
}
