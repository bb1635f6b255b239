package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.util.List;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** TLS where the listener requires it (RFC 4217, section 4.2). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequiredTlsIT {

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
            folder -> ServerKeystore.in(folder, ServerOptions.standard().with("listener.tls", "required")));

    private FTPSClient client;

    @BeforeAll
    void writeFiles() throws IOException {
        PatternFile.write(server.home().resolve("file"), 10);
    }

    /** Connecting includes AUTH TLS and its handshake. */
    @BeforeEach
    void connect() throws IOException {
        client = new FTPSClient(false);
        client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
        client.setDefaultTimeout(30_000);
        client.connect(server.address().getAddress(), server.address().getPort());
    }

    @AfterEach
    void disconnect() throws IOException {
        client.disconnect();
    }

    private void expect(int code, String command) throws IOException {
        assertThat(client.sendCommand(command))
                .as("reply to '%s': %s", command, client.getReplyString())
                .isEqualTo(code);
    }

    @Test
    void listsTlsInFeatAndDemandsItBeforeNames() throws IOException {
        try (ControlClient clear = ControlClient.connect(server.address())) {
            List<String> features = clear.expect(211, "FEAT").lines();
            assertThat(features).contains(" AUTH TLS", " PBSZ", " PROT");
            Dialogue.hold(clear, """
                USER alice => 530 .*TLS.*
                PBSZ 0     => 503 .*
                PROT P     => 503 .*
                NOOP       => 200 .*\
                """);
        }
    }

    /** Where the I/O thread sleeps on while it should read again, each takes a second: all of them more than a test may. */
    @Test
    void endsASessionThatSendsNoCommandsBeforeTls() throws IOException {
        try (ControlClient clear = ControlClient.connect(server.address())) {
            for (int i = 1; i < 10; i++) {
                clear.expect(530, "X-Header: " + i);
            }
            clear.expect(421, "X-Header: 10");
            assertThat(clear.isEndedByServer()).isTrue();
        }
    }

    @Test
    void readsOnAtOnceBehindAuth() throws IOException {
        for (int i = 0; i < 100; i++) {
            disconnect();
            connect();
        }
        expect(200, "NOOP");
    }

    @Test
    void takesProtAfterPbszOnly() throws IOException {
        expect(503, "PROT P");
        expect(501, "PBSZ");
        expect(501, "PBSZ many");
        expect(200, "PBSZ 0");
        expect(200, "PROT P");
        expect(536, "PROT S");
        expect(536, "PROT E");
        expect(504, "PROT X");
        expect(501, "PROT");
        expect(534, "PROT C");
        expect(534, "AUTH TLS");
    }

    @Test
    void transfersNothingInClearWhereTlsIsRequired() throws IOException {
        assertThat(client.login(Account.ALICE.name(), Account.ALICE.password())).isTrue();
        expect(229, "EPSV");
        expect(522, "RETR file");
        expect(522, "LIST");
        expect(522, "STOR new");
        assertThat(server.home().resolve("new")).doesNotExist();
    }

    @Test
    void reinForgetsThePrivacyOfDataConnections() throws IOException {
        assertThat(client.login(Account.ALICE.name(), Account.ALICE.password())).isTrue();
        expect(200, "PBSZ 0");
        expect(200, "PROT P");
        expect(220, "REIN");
        expect(503, "PROT P");
        assertThat(client.login(Account.ALICE.name(), Account.ALICE.password())).isTrue();
        expect(229, "EPSV");
        expect(522, "RETR file");
    }
}
