package dev.zeroftpd.sql;

import dev.zeroftpd.spi.LoginAnswer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the tables have of one account. One thread. */
final class StoredAccount {

    private static final String HOME = "homedirectory";

    private static final List<String> NUMBERS =
            List.of("idletime", "uploadrate", "downloadrate", "maxloginnumber", "maxloginperip");

    private final String password;

    /** By the columns of Apache FtpServer's table, which are keys of {@code users.properties}. */
    private final Map<String, String> columns;

    private final Map<String, String> keys = new HashMap<>();

    private StoredAccount(String password, Map<String, String> columns) {
        this.password = password;
        this.columns = columns;
    }

    /** Reads the columns of a row. NULL says nothing, so that groups may; but an account that isn't said to be enabled isn't. */
    static StoredAccount of(ResultSet row) throws SQLException {
        Map<String, String> columns = new HashMap<>();
        columns.put("enableflag", Boolean.toString(row.getBoolean("enableflag")));
        boolean writes = row.getBoolean("writepermission");
        if (!row.wasNull()) {
            columns.put("writepermission", Boolean.toString(writes));
        }
        Optional.ofNullable(row.getString(HOME))
                .filter(home -> !home.isBlank())
                .ifPresent(home -> columns.put(HOME, home));
        for (String number : NUMBERS) {
            Optional.ofNullable(row.getString(number)).ifPresent(value -> columns.put(number, value));
        }
        return new StoredAccount(Objects.requireNonNullElse(row.getString("userpassword"), ""), columns);
    }

    /** Reads the key of a row, if there is one. */
    void add(ResultSet row) throws SQLException {
        Optional<String> name = Optional.ofNullable(row.getString("name"));
        if (name.isPresent()) {
            String value = Objects.requireNonNullElse(row.getString("value"), "");
            if (keys.putIfAbsent(name.get(), value) != null) {
                // no key of an account is called so: the server refuses it, and says why, to those who know the
                // password
                keys.put(name.get() + " (twice)", value);
            }
        }
    }

    /** @param home for accounts whose tables say none */
    LoginAnswer answer(Optional<String> home) {
        Map<String, String> all = new HashMap<>();
        home.ifPresent(each -> all.put(HOME, each));
        all.putAll(keys);
        all.putAll(columns);
        return new LoginAnswer.Stored(password, all);
    }
}
