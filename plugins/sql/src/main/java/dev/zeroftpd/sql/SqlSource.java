package dev.zeroftpd.sql;

import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts of a database. Any thread; waits for the database.
 *
 * <p>A name is a bound value and never syntax, and must be exactly what the table has, whatever its collation takes for equal. Passwords
 * never get to the database: the server compares them with what is stored.
 */
final class SqlSource implements AccountSource {

    private static final Logger LOG = LoggerFactory.getLogger(SqlSource.class);

    private static final String COLUMNS = "u.userid, u.userpassword, u.homedirectory, u.enableflag, u.writepermission,"
            + " u.idletime, u.uploadrate, u.downloadrate, u.maxloginnumber, u.maxloginperip";

    /** Apache FtpServer's table and ours: in one answer, so that all of it is of one moment. */
    private static final String WITH_KEYS = "SELECT " + COLUMNS + ", k.name, k.value FROM FTP_USER u"
            + " LEFT JOIN FTP_USER_KEY k ON k.userid = u.userid WHERE u.userid = ?";

    private static final String ALONE =
            "SELECT " + COLUMNS + ", NULL AS name, NULL AS value FROM FTP_USER u WHERE u.userid = ?";

    /** An account has tens of keys, one for each directory that has its own permissions. */
    private static final int MOST_KEYS = 1000;

    /** What a database says of a name that it can't even write: there is no such account. */
    private static final String DATA_EXCEPTION = "22";

    /**
     * Classes of what means that the database answers no question (PostgreSQL's Appendix A): connection, authorization, no such
     * database, tables that aren't there or may not be read, resources, interruption, system error.
     */
    private static final Set<String> AWAY = Set.of("08", "28", "3D", "42", "53", "57", "58");

    private static final int LENGTH_OF_CLASS = 2;

    private static final int LONGEST_REASON = 200;

    private final SqlSettings settings;
    private final Connections connections;

    SqlSource(SqlSettings settings, Connections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    @Override
    public LoginAnswer ask(LoginQuestion question) {
        String name = question.name();
        if (question.password().isEmpty() || !isText(name)) {
            return new LoginAnswer.Absent();
        }
        try {
            return find(name)
                    .<LoginAnswer>map(account -> account.answer(settings.home()))
                    .orElseGet(LoginAnswer.Absent::new);
        } catch (SQLException e) {
            return unknown(e);
        }
    }

    /** Whether a column of text can have it: no NUL, no half of a character. */
    private static boolean isText(String name) {
        return name.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    private Optional<StoredAccount> find(String name) throws SQLException {
        try (Connection connection = connections.take();
                PreparedStatement statement = connection.prepareStatement(settings.keys() ? WITH_KEYS : ALONE)) {
            statement.setMaxRows(MOST_KEYS + 1);
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows, name);
            }
        }
    }

    private static Optional<StoredAccount> read(ResultSet rows, String name) throws SQLException {
        Optional<StoredAccount> account = Optional.empty();
        int read = 0;
        while (rows.next()) {
            read++;
            if (read > MOST_KEYS) {
                throw new SQLException("an account has more than " + MOST_KEYS + " keys");
            }
            if (!name.equals(rows.getString("userid"))) {
                LOG.debug("The database takes another name for the same");
                continue;
            }
            if (account.isEmpty()) {
                account = Optional.of(StoredAccount.of(rows));
            }
            account.get().add(rows);
        }
        return account;
    }

    /** What goes wrong with one account must not keep all others out. */
    private static LoginAnswer unknown(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        String kind = state.length() < LENGTH_OF_CLASS ? "08" : state.substring(0, LENGTH_OF_CLASS);
        if (kind.equals(DATA_EXCEPTION)) {
            LOG.debug("A name can't be asked for", e);
            return new LoginAnswer.Absent();
        }
        return AWAY.contains(kind) ? new LoginAnswer.Unavailable(reason(e)) : new LoginAnswer.Unanswered(reason(e));
    }

    @Override
    public Optional<String> fault() {
        try {
            Optional<StoredAccount> _ = find("");
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(reason(e));
        }
    }

    /** The pool's own words say only that it has no connection; what is behind them says why. */
    private static String reason(SQLException e) {
        String message = "it failed";
        for (Throwable cause = e; cause instanceof Exception; cause = cause.getCause()) {
            message = Objects.requireNonNullElse(cause.getMessage(), message);
        }
        return message.length() <= LONGEST_REASON ? message : message.substring(0, LONGEST_REASON) + "…";
    }

    @Override
    public void close() {
        connections.close();
    }
}
