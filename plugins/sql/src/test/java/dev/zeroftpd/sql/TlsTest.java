package dev.zeroftpd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import dev.zeroftpd.spi.SourceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets the password of the server, and whose word on accounts counts. */
class TlsTest {

    /** What a client of the protocol sends before TLS. */
    private static final int LENGTH_OF_REQUEST = 8;

    @TempDir
    private static Path folder;

    private static Database database;

    @BeforeAll
    static void makeTables() throws Exception {
        database = Database.shared();
        database.create("encrypted", Database.script("schema.sql"));
        database.account("encrypted", "bob", "x");
        Files.writeString(folder.resolve("password"), Database.PASSWORD);
    }

    private static LoginAnswer ask(String url, Optional<Path> authorities) throws Exception {
        Map<String, String> way = new TreeMap<>(Map.of(
                "url",
                url,
                "user",
                Database.USER,
                "password-file",
                folder.resolve("password").toString()));
        authorities.ifPresent(file -> way.put("ca-file", file.toString()));
        SourceSettings settings = new SourceSettings(new TreeMap<>(way), Duration.ofSeconds(4));
        try (AccountSource source = new SqlSourceProvider().open(settings)) {
            return source.ask(new LoginQuestion("bob", "any", Optional.empty(), false, new TreeSet<>()));
        }
    }

    private static String url(String host, int port) {
        return "jdbc:postgresql://" + host + ":" + port + "/encrypted?sslmode=verify-full";
    }

    @Test
    void theServerThatIsMeantIsAsked() throws Exception {
        assertThat(ask(
                        url("127.0.0.1", database.port()),
                        Optional.of(database.key().certificate())))
                .isInstanceOf(LoginAnswer.Stored.class);
    }

    @Test
    @Tag("attack")
    void noServerOfAnotherNameOrAuthorityIsAsked() throws Exception {
        TestKey stranger = TestKey.make(folder, "IP:127.0.0.1");
        assertThat(ask(url("127.0.0.1", database.port()), Optional.of(stranger.certificate())))
                .isInstanceOfSatisfying(
                        LoginAnswer.Unavailable.class,
                        away -> assertThat(away.why()).containsAnyOf("trust anchors", "certification path"));
        assertThat(ask(url("127.0.0.1", database.port()), Optional.empty())) // by Java's authorities
                .isInstanceOfSatisfying(
                        LoginAnswer.Unavailable.class,
                        away -> assertThat(away.why()).containsAnyOf("trust anchors", "certification path"));
        assertThat(ask(
                        url("localhost", database.port()),
                        Optional.of(database.key().certificate())))
                .isInstanceOfSatisfying(
                        LoginAnswer.Unavailable.class,
                        away -> assertThat(away.why()).contains("localhost"));
    }

    /** What pretends to be a database, and notes what it is told after TLS has begun, or was refused. */
    private static final class Impostor implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        /** @param key for TLS, which it says it can't where there is none */
        Impostor(Optional<TestKey> key) throws IOException {
            Thread.startVirtualThread(() -> {
                while (!server.isClosed()) {
                    try (Socket client = server.accept()) {
                        serve(client, key);
                    } catch (IOException e) {
                        told.add("");
                    }
                }
            });
        }

        private void serve(Socket client, Optional<TestKey> key) throws IOException {
            client.getInputStream().readNBytes(LENGTH_OF_REQUEST);
            client.getOutputStream().write(key.isPresent() ? 'S' : 'N');
            if (key.isEmpty()) {
                told.add(text(client));
                return;
            }
            try (SSLSocket secured = (SSLSocket)
                    key.get().context().getSocketFactory().createSocket(client, null, client.getPort(), true)) {
                secured.setUseClientMode(false);
                told.add(text(secured));
            } catch (SSLException e) {
                told.add("");
            }
        }

        private static String text(Socket client) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                client.getInputStream().transferTo(all);
            } catch (SSLException alert) {
                // it ends what is told
            }
            return all.toString(StandardCharsets.ISO_8859_1);
        }

        int port() {
            return server.getLocalPort();
        }

        String told() throws InterruptedException {
            return Optional.ofNullable(told.poll(1, TimeUnit.MINUTES)).orElse("no client came");
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @Test
    @Tag("attack")
    void anImpostorIsToldNothing() throws Exception {
        TestKey stranger = TestKey.make(folder, "IP:127.0.0.1,DNS:x");
        TestKey misnamed = TestKey.make(folder, "DNS:other.example.org");
        try (Impostor unknown = new Impostor(Optional.of(stranger));
                Impostor other = new Impostor(Optional.of(misnamed));
                Impostor plain = new Impostor(Optional.empty())) {
            assertThat(ask(url("127.0.0.1", unknown.port()), Optional.of(misnamed.certificate())))
                    .isInstanceOf(LoginAnswer.Unavailable.class);
            assertThat(unknown.told()).isEmpty();
            assertThat(ask(url("127.0.0.1", other.port()), Optional.of(misnamed.certificate())))
                    .isInstanceOf(LoginAnswer.Unavailable.class);
            assertThat(other.told()).isEmpty();
            assertThat(ask(url("127.0.0.1", plain.port()), Optional.of(misnamed.certificate())))
                    .isInstanceOf(LoginAnswer.Unavailable.class);
            assertThat(plain.told()).isEmpty();
        }
    }

    /** Without TLS, as on this machine, the password itself is not sent to what has taken the port. */
    @Test
    @Tag("attack")
    void thePasswordItselfIsNeverSentInClear() throws Exception {
        byte[] askForPassword = {'R', 0, 0, 0, 8, 0, 0, 0, 3};
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            Thread.startVirtualThread(() -> {
                while (!server.isClosed()) {
                    try (Socket client = server.accept()) {
                        int length = client.getInputStream().readNBytes(4)[3] & 0xFF;
                        client.getInputStream().readNBytes(length - 4);
                        client.getOutputStream().write(askForPassword);
                        told.add(Impostor.text(client));
                    } catch (IOException e) {
                        told.add("");
                    }
                }
            });
            assertThat(ask("jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/encrypted", Optional.empty()))
                    .isInstanceOf(LoginAnswer.Unavailable.class);
            assertThat(told.poll(1, TimeUnit.MINUTES)).doesNotContain(Database.PASSWORD);
        }
    }
}
