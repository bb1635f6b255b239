package dev.zeroftpd.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is counted of what clients do. */
class MetricsIT {

    private static final int SIZE = 100_000;

    /** Far more than the kernel buffers for one connection. */
    private static final long LARGE = 64L << 20;

    private static final Account BOB = Account.ALICE.named("bob");

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
                    folder -> ServerKeystore.in(folder, ServerOptions.standard())
                            .with(BOB)
                            .with("listener.tls", "explicit")
                            .with("passive.ports", "0")
                            .with("limits.sessions", "3")
                            .with("admin.http", "127.0.0.1:0"))
            .prepared(home -> {
                PatternFile.write(home.resolve("file"), SIZE);
                PatternFile.write(home.resolve("large"), LARGE);
            });

    private ControlClient login() throws IOException {
        return ControlClient.login(server.address(), Account.ALICE);
    }

    /** Waits until a sample has a value: a session's end comes after the client's. */
    private void awaitValue(String sample, double value) {
        Http http = Http.of(server);
        await().untilAsserted(() -> {
            Http.Answer metrics = http.metrics();
            assertThat(metrics.value(sample))
                    .as("%s in:%n%s", sample, metrics.body())
                    .isEqualTo(value);
        });
    }

    private static String transfers(String direction, String way, String reason, boolean tls, String outcome) {
        return "zeroftpd_transfers_total{direction=\"%s\",way=\"%s\",reason=\"%s\",tls=\"%s\",outcome=\"%s\"}"
                .formatted(direction, way, reason, tls, outcome);
    }

    @Test
    void countsTransfersInClearAndTheirBytes() throws IOException {
        try (ControlClient client = login()) {
            assertThat(DataClient.received(client, "RETR file")).hasSize(SIZE);
            assertThat(DataClient.sent(client, "STOR up", new byte[1000]).code())
                    .isEqualTo(226);
            byte[] listing = DataClient.received(client, "LIST");
            client.extendedPassive();
            client.expect(550, "RETR missing");
            Http.Answer metrics = Http.of(server).metrics();

            assertThat(metrics.head()).contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(metrics.value(transfers("download", "zero-copy", "", false, "completed")))
                    .isEqualTo(1);
            assertThat(metrics.value(transfers("upload", "streamed", "upload", false, "completed")))
                    .isEqualTo(1);
            assertThat(metrics.value(transfers("download", "streamed", "listing", false, "completed")))
                    .isEqualTo(1);
            assertThat(metrics.value(transfers("download", "none", "", false, "refused")))
                    .isEqualTo(1);
            assertThat(metrics.value("zeroftpd_transfer_bytes_total{direction=\"download\",way=\"zero-copy\"}"))
                    .isEqualTo(SIZE);
            assertThat(metrics.value("zeroftpd_transfer_bytes_total{direction=\"upload\",way=\"streamed\"}"))
                    .isEqualTo(1000);
            assertThat(metrics.value("zeroftpd_transfer_bytes_total{direction=\"download\",way=\"streamed\"}"))
                    .isEqualTo(listing.length);
            assertThat(metrics.value("zeroftpd_transfer_seconds_count")).isEqualTo(3);
            assertThat(metrics.value("zeroftpd_user_bytes_total{user=\"alice\",direction=\"download\"}"))
                    .isEqualTo(SIZE);
            assertThat(metrics.value("zeroftpd_sessions{listener=\"default\",tls=\"false\"}"))
                    .isEqualTo(1);
        }
        awaitValue("zeroftpd_sessions{listener=\"default\",tls=\"false\"}", 0);
        awaitValue("zeroftpd_commands_total{verb=\"RETR\",class=\"2xx\"}", 1);
        awaitValue("zeroftpd_commands_total{verb=\"RETR\",class=\"5xx\"}", 1);
        awaitValue("zeroftpd_commands_total{verb=\"STOR\",class=\"2xx\"}", 1);
    }

    @Test
    void countsTransfersOverTls() throws IOException {
        FTPSClient client = new FTPSClient();
        client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
        CommonsNet.login(client, server.address(), Way.Mode.PASSIVE, BOB);
        client.execPBSZ(0);
        client.execPROT("P");
        CommonsNet.retrieve(
                client, "file", 0, data -> assertThat(data.readAllBytes()).hasSize(SIZE));
        Http.Answer metrics = Http.of(server).metrics();

        assertThat(metrics.value(transfers("download", "streamed", "TLS", true, "completed")))
                .isEqualTo(1);
        assertThat(metrics.value("zeroftpd_sessions{listener=\"default\",tls=\"true\"}"))
                .isEqualTo(1);
        assertThat(metrics.value("zeroftpd_user_bytes_total{user=\"bob\",direction=\"download\"}"))
                .isEqualTo(SIZE);
        assertThat(metrics.value("zeroftpd_certificate_not_after_seconds{listener=\"default\"}"))
                .isGreaterThan((double) Instant.now().getEpochSecond());
        assertThat(metrics.value("zeroftpd_certificate_not_after_seconds{listener=\"six\"}"))
                .isGreaterThan(0);
        CommonsNet.logout(client);
    }

    @Test
    void tellsOfTransfersThatRunAndHowTheyWereAborted() throws IOException {
        try (ControlClient client = login();
                DataClient data = DataClient.retrieve(client, Way.Mode.PASSIVE, "large")) {
            awaitValue("zeroftpd_transfers_active{direction=\"download\"}", 1);
            awaitValue("zeroftpd_transfers_active{direction=\"upload\"}", 0);
            awaitBytesOfDownloads();
            client.send("ABOR");
            client.expectReply(426);
            client.expectReply(226);
            assertThat(data.endsAsComplete()).isFalse();
            awaitValue("zeroftpd_transfers_active{direction=\"download\"}", 0);
            awaitValue(transfers("download", "zero-copy", "", false, "aborted"), 1);
            awaitValue("zeroftpd_commands_total{verb=\"ABOR\",class=\"2xx\"}", 1);
            awaitValue("zeroftpd_commands_total{verb=\"RETR\",class=\"4xx\"}", 1);
            try (DataClient upload = DataClient.connect(client.extendedPassive())) {
                client.expect(150, "STOR half");
                awaitValue("zeroftpd_transfers_active{direction=\"upload\"}", 1);
                upload.reset();
            }
            client.expectReply(426);
            awaitValue(transfers("upload", "streamed", "upload", false, "closed-by-client"), 1);
        }
    }

    /** What the kernel takes for a client that reads nothing. */
    private void awaitBytesOfDownloads() {
        Http http = Http.of(server);
        await().untilAsserted(() -> assertThat(
                        http.metrics().value("zeroftpd_transfer_bytes_total{direction=\"download\",way=\"zero-copy\"}"))
                .isGreaterThan(SIZE));
    }

    @Test
    void countsStrangersAndWhatTheyGuess() throws IOException {
        try (ControlClient stranger = ControlClient.connect(server.address());
                ControlClient second = ControlClient.connect(server.address());
                ControlClient third = ControlClient.connect(server.address())) {
            awaitValue("zeroftpd_sessions_before_login", 3);
            try (ControlClient fourth = ControlClient.connectUngreeted(server.address())) {
                assertThat(fourth.endsWithoutGreeting()).isTrue();
            }
            stranger.expect(331, "USER alice");
            stranger.expect(530, "PASS wrong");
            stranger.expect(500, "QWERTZ");
            stranger.expect(530, "LIST");
            second.logIn(Account.ALICE);
            third.expect(421, "GET / HTTP/1.1");
            awaitValue("zeroftpd_sessions_refused_total{reason=\"full\"}", 1);
            awaitValue("zeroftpd_sessions_refused_total{reason=\"protocol\"}", 1);
            awaitValue("zeroftpd_logins_total{result=\"password\"}", 1);
            awaitValue("zeroftpd_logins_total{result=\"ok\"}", 1);
            awaitValue("zeroftpd_commands_total{verb=\"PASS\",class=\"5xx\"}", 1);
            awaitValue("zeroftpd_commands_total{verb=\"LIST\",class=\"5xx\"}", 1);
            awaitValue("zeroftpd_commands_total{verb=\"unknown\",class=\"5xx\"}", 1);
            awaitValue("zeroftpd_commands_total{verb=\"unknown\",class=\"4xx\"}", 1);
            awaitValue("zeroftpd_sessions_before_login", 1);
        }
    }

    @Test
    void tellsThatTheConfigurationIsWrongUntilItIsRight() throws IOException {
        awaitValue("zeroftpd_reload_ok", 1);
        String right = Files.readString(server.folder().resolve("ftpd.properties"));
        Files.writeString(server.folder().resolve("ftpd.properties"), "no.such.key=1\n", StandardOpenOption.APPEND);
        server.hangUp();
        awaitValue("zeroftpd_reload_ok", 0);
        Files.writeString(server.folder().resolve("ftpd.properties"), right);
        server.hangUp();
        awaitValue("zeroftpd_reload_ok", 1);
    }

    @Test
    void tellsThatAPartOfTheConfigurationCouldNotBeUsed() throws IOException {
        Path accounts = server.folder().resolve("users.properties");
        String right = Files.readString(accounts);
        Files.writeString(accounts, "ftpserver.user.alice.enableflag=maybe\n", StandardOpenOption.APPEND);
        server.hangUp();
        awaitValue("zeroftpd_reload_ok", 0);
        server.awaitLogLine(line -> line.contains(
                " Configuration reloaded; nothing changed; but the accounts stay as they were, because "));
        Files.writeString(accounts, right);
        Path keystore = server.folder().resolve("server.p12");
        byte[] usable = Files.readAllBytes(keystore);
        Files.writeString(keystore, "no keystore");
        server.hangUp();
        server.awaitLogLine(line -> line.contains(" nothing changed; but the certificate stays as it was: "));
        awaitValue("zeroftpd_reload_ok", 0);
        Files.write(keystore, usable);
        server.hangUp();
        awaitValue("zeroftpd_reload_ok", 1);
    }
}
