package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH, PBSZ, PROT and CCC where TLS is the client's choice (RFC 2228, RFC 4217). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtectionIT {

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            ServerOptions.standard()
                    .with("listener.tls", "explicit")
                    .with("listener.wrapped.address", "127.0.0.3")
                    .with("listener.wrapped.port", "0")
                    .with("listener.wrapped.tls", "implicit")));

    @BeforeAll
    void writeFiles() throws IOException {
        PatternFile.write(server.home().resolve("file"), 10);
    }

    private ControlClient protectedBy(String mechanism) throws IOException {
        ControlClient client = ControlClient.connect(server.address());
        client.expect(234, "AUTH " + mechanism);
        client.protect();
        return client;
    }

    private static void login(ControlClient client) throws IOException {
        client.expect(331, "USER alice");
        client.expect(230, "PASS wonderland");
    }

    @Test
    void wantsAuthThenPbszThenProt() throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            Dialogue.hold(client, """
                PBSZ 0    => 503 .*
                PROT P    => 503 .*
                CCC       => 534 .*
                AUTH      => 501 .*
                AUTH MAGIC => 504 .*
                AUTH tls  => 234 .*\
                """);
            client.protect();
            Dialogue.hold(client, """
                PROT P     => 503 .*
                PBSZ       => 501 .*
                PBSZ 4096  => 200 PBSZ=0
                PROT       => 501 .*
                PROT X     => 504 .*
                PROT S     => 536 .*
                PROT E     => 536 .*
                PROT p     => 200 .*
                PROT C     => 200 .*
                AUTH TLS   => 534 .*
                CCC        => 534 .*
                FEAT       => 211-.* AUTH TLS\\n PBSZ\\n PROT\\n.*\
                """);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS", "TLS-C"})
    void leavesDataConnectionsClearUntilProtP(String mechanism) throws IOException {
        try (ControlClient client = protectedBy(mechanism)) {
            login(client);
            assertThat(client.expect(211, "STAT").lines())
                    .contains("Control connection: TLS", "Data connections: plain text");
            assertThat(DataClient.received(client, "RETR file")).hasSize(10);
            client.expect(200, "PBSZ 0");
            client.expect(200, "PROT P");
            assertThat(client.expect(211, "STAT").lines()).contains("Data connections: TLS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSL", "TLS-P"})
    void protectsDataConnectionsAtOnceWhereOldClientsExpectIt(String mechanism) throws IOException {
        try (ControlClient client = protectedBy(mechanism)) {
            login(client);
            assertThat(client.expect(211, "STAT").lines()).contains("Data connections: TLS");
        }
    }

    @Test
    void reinKeepsTlsOnTheControlConnectionOnly() throws IOException {
        try (ControlClient client = protectedBy("TLS")) {
            login(client);
            client.expect(200, "PBSZ 0");
            client.expect(200, "PROT P");
            client.expect(220, "REIN");
            client.expect(503, "PROT P");
            client.expect(534, "AUTH TLS");
            login(client);
            assertThat(client.expect(211, "STAT").lines())
                    .contains("Control connection: TLS", "Data connections: plain text");
        }
    }

    @Test
    void userKeepsTheProtectionAsEveryTransferParameter() throws IOException {
        try (ControlClient client = protectedBy("TLS")) {
            login(client);
            client.expect(200, "PBSZ 0");
            client.expect(200, "PROT P");
            login(client);
            assertThat(client.expect(211, "STAT").lines()).contains("Data connections: TLS");
        }
    }

    @Test
    void endsALoginThatWasMadeInClear() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(234, "AUTH TLS");
            client.protect();
            client.expect(530, "PWD");
            login(client);
            client.expect(257, "PWD");
        }
    }

    @Test
    void servesWhoNeverAsksForTls() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(client.expect(211, "FEAT").lines()).contains(" AUTH TLS", " PBSZ", " PROT");
            assertThat(DataClient.received(client, "RETR file")).hasSize(10);
        }
    }

    @Test
    void beginsWithTlsWhereItIsImplicit() throws IOException {
        InetSocketAddress wrapped = server.listeners().stream()
                .filter(listener -> listener.getAddress().getHostAddress().equals("127.0.0.3"))
                .findFirst()
                .orElseThrow();
        try (ControlClient client = ControlClient.connectUngreeted(wrapped)) {
            client.protect();
            client.expectReply(220);
            assertThat(client.expect(211, "FEAT").lines())
                    .contains(" PBSZ", " PROT")
                    .doesNotContain(" AUTH TLS");
            client.expect(534, "AUTH TLS");
            login(client);
            assertThat(client.expect(211, "STAT").lines())
                    .contains("Control connection: TLS", "Data connections: plain text");
            client.expect(200, "PBSZ 0");
            client.expect(200, "PROT P");
        }
    }
}
