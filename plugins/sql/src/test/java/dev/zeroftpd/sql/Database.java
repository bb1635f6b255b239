package dev.zeroftpd.sql;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of Debian's package, which all tests of a JVM share. It runs as a user of its own where the tests are root's, and speaks
 * TLS. Any thread.
 */
final class Database {

    /** Whom the plugin is to it. */
    static final String USER = "ftp";

    static final String PASSWORD = "of the server";

    private static final String OWNER = "postgres";
    private static final String OWNER_PASSWORD = "of the owner";
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private static @Nullable Database shared;

    private final Path folder;
    private final int port;
    private final TestKey key;

    private Database(Path folder, int port, TestKey key) {
        this.folder = folder;
        this.port = port;
        this.key = key;
    }

    /** Started by the first test that asks for it, ended with the JVM. */
    static synchronized Database shared() throws Exception {
        @Nullable Database present = shared;
        if (present == null) {
            present = start();
            shared = present;
        }
        return present;
    }

    private static Database start() throws Exception {
        Path folder = Files.createTempDirectory("zeroftpd-sql-");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Database database = new Database(folder, port, TestKey.make(folder, "IP:127.0.0.1,DNS:db.example.org"));
        Path password = Files.writeString(folder.resolve("password"), OWNER_PASSWORD + "\n");
        database.handOver();
        database.run(
                "initdb",
                "-D",
                database.data(),
                "-U",
                OWNER,
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
                "--no-sync",
                "--locale=C.UTF-8",
                "--pwfile=" + password);
        Runtime.getRuntime().addShutdownHook(new Thread(database::end));
        database.startAgain();
        try (Connection owner = database.owner(OWNER);
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
        }
        return database;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** initdb refuses root. */
    private void handOver() throws IOException {
        if (isRoot()) {
            UserPrincipal postgres =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.toList()) {
                    Files.setOwner(each, postgres);
                }
            }
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static Path program(String name) throws IOException {
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private void run(String name, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(program(name).toString());
        command.addAll(List.of(words));
        Path output = folder.resolve("output");
        try {
            int code = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** On the same port as before. */
    void startAgain() throws IOException {
        run(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data(),
                "-l",
                folder.resolve("log").toString(),
                "-o",
                String.join(
                        " ",
                        "-p " + port,
                        "-c listen_addresses=127.0.0.1",
                        "-c unix_socket_directories=",
                        "-c fsync=off",
                        "-c ssl=on",
                        "-c ssl_cert_file=" + key.certificate(),
                        "-c ssl_key_file=" + key.key()));
    }

    /** As if it were killed: clients aren't told, and it recovers when it starts again. */
    void kill() throws IOException {
        run("pg_ctl", "stop", "-m", "immediate", "-D", data());
    }

    private void end() {
        try {
            kill();
        } catch (IOException alreadyStopped) {
            System.err.println(alreadyStopped.getMessage());
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + e);
        }
    }

    TestKey key() {
        return key;
    }

    String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    int port() {
        return port;
    }

    /** A connection of the owner to a database. */
    Connection owner(String name) throws SQLException {
        return DriverManager.getConnection(url(name), OWNER, OWNER_PASSWORD);
    }

    /** Makes a database in which the plugin may read what the scripts make. */
    void create(String name, String... scripts) throws SQLException {
        execute(OWNER, "CREATE DATABASE " + name);
        execute(name, scripts);
        execute(name, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + USER);
    }

    void execute(String name, String... scripts) throws SQLException {
        try (Connection owner = owner(name);
                Statement statement = owner.createStatement()) {
            for (String script : scripts) {
                statement.execute(script);
            }
        }
    }

    void account(String name, String user, String password) throws SQLException {
        try (Connection owner = owner(name);
                PreparedStatement statement =
                        owner.prepareStatement("INSERT INTO FTP_USER (userid, userpassword) VALUES (?, ?)")) {
            statement.setString(1, user);
            statement.setString(2, password);
            statement.execute();
        }
    }

    void key(String name, String user, String key, String value) throws SQLException {
        try (Connection owner = owner(name);
                PreparedStatement statement = owner.prepareStatement("INSERT INTO FTP_USER_KEY VALUES (?, ?, ?)")) {
            statement.setString(1, user);
            statement.setString(2, key);
            statement.setString(3, value);
            statement.execute();
        }
    }

    /** How many connections the plugin has to a database. */
    int connections(String name) throws SQLException {
        try (Connection owner = owner(OWNER);
                PreparedStatement statement = owner.prepareStatement(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = ? AND datname = ?")) {
            statement.setString(1, USER);
            statement.setString(2, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** A file among the test's resources, or the plugin's. */
    static String script(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Database.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
