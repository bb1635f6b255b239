package dev.zeroftpd.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** Connections to the database, of which a bounded number stays open. Any thread. */
final class Connections implements AutoCloseable {

    /** A host name may come to mean another server, and firewalls forget what is old. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);

    /** The least that the pool takes. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);

    /**
     * Silent: it would write a line for each attempt. All that it has to say comes as an exception too. Kept here, because the system
     * forgets the settings of loggers that no object holds.
     */
    private static final Logger OF_DRIVER = Logger.getLogger("org.postgresql");

    private final HikariDataSource pool;

    private Connections(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Connects nowhere yet. */
    static Connections to(SqlSettings settings) {
        OF_DRIVER.setLevel(Level.OFF);
        HikariConfig config = new HikariConfig();
        config.setPoolName("sql");
        config.setDataSource(driver(settings));
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1); // a database that is away keeps no server from starting
        long wait = Math.max(settings.timeout().toMillis(), SHORTEST_WAIT.toMillis());
        config.setConnectionTimeout(wait);
        config.setValidationTimeout(wait);
        config.setIdleTimeout(LONGEST_IDLE.toMillis());
        config.setMaxLifetime(LONGEST_LIFE.toMillis());
        return new Connections(new HikariDataSource(config));
    }

    private static PGSimpleDataSource driver(SqlSettings settings) {
        DatabaseUrl url = settings.url();
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setUrl(url.text());
        driver.setApplicationName("zeroftpd");
        url.parameters()
                .forEach((name, value) -> Optional.ofNullable(PGProperty.forName(name))
                        .ifPresent(known -> driver.setProperty(known, value)));
        driver.setUser(settings.user());
        settings.password().ifPresent(driver::setPassword);
        int seconds =
                Math.toIntExact(Math.max(1, settings.timeout().plusMillis(999).toSeconds()));
        driver.setConnectTimeout(seconds);
        driver.setSocketTimeout(seconds + 1); // the database itself gives up first, and the connection stays
        driver.setTcpKeepAlive(true);
        driver.setPrepareThreshold(0); // a plan that is kept breaks when the table is changed
        driver.setProperty(PGProperty.GSS_ENC_MODE, "disable");
        driver.setProperty(PGProperty.LOG_SERVER_ERROR_DETAIL, "false"); // details may show what is in the table
        // also ends what waits for a lock when no login waits for it any more
        driver.setProperty(
                PGProperty.OPTIONS,
                "-c default_transaction_read_only=on -c statement_timeout="
                        + Math.max(1, settings.timeout().toMillis()));
        secure(driver, url);
        return driver;
    }

    private static void secure(PGSimpleDataSource driver, DatabaseUrl url) {
        driver.setSslMode(url.sslMode());
        if (!url.sslMode().equals(DatabaseUrl.VERIFY_FULL)) {
            // a program that has taken the port of a database on this machine must not get the password itself
            driver.setProperty(PGProperty.REQUIRE_AUTH, "!password");
            return;
        }
        if (url.authorities().isEmpty()) {
            driver.setSslfactory(DefaultJavaSSLFactory.class.getName());
            return;
        }
        driver.setSslRootCert(url.authorities().get().toString());
        // no key of its own is looked for in the home of the server's user
        driver.setSslCert("");
        driver.setSslKey("");
    }

    /** One to be closed soon; waits for one no longer than the settings say. */
    Connection take() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
