package dev.zeroftpd.it.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.accounts.CertificateAuthority.Issued;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of clients that stand for accounts (RFC 4217, section 12.3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateAccountsIT {

    private static final String TLS_1_3 = "TLSv1.3";

    private @Nullable Issued alice;
    private @Nullable Issued bob;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(this::options);

    private ServerOptions options(Path folder) throws IOException, GeneralSecurityException {
        CertificateAuthority authority = CertificateAuthority.make(folder.resolve("ca"));
        alice = authority.issue("alice", "/C=DE/O=Example, Inc./CN=alice");
        bob = authority.issue("bob", "/O=Partners/CN=bob");
        String accounts = withoutPassword("alice", "certificate=cn=Alice, O=example\\\\,  inc., C=de")
                + AccountsFile.account("both", "certificate=" + alice.fingerprint())
                + withoutPassword("off", "certificate=" + alice.fingerprint(), "enableflag=false")
                + withoutPassword("elsewhere", "certificate=" + alice.fingerprint(), "allow-from=192.0.2.0/24")
                + withoutPassword("bob", "groups=partners")
                + withoutPassword("eve", "groups=partners")
                + "ftpserver.group.partners.certificate=CN=${user},O=Partners\n"
                + AccountsFile.account("plain");
        return AccountsFile.options(
                folder,
                ServerKeystore.in(folder, ServerOptions.standard())
                        .with("listener.tls", "explicit")
                        .with("tls.client-certificates", "optional")
                        .with("tls.client-authorities", "ca/ca.pem"),
                accounts);
    }

    private static String withoutPassword(String name, String... attributes) {
        return AccountsFile.account(name, attributes)
                .lines()
                .skip(1)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private Issued alice() {
        return Objects.requireNonNull(alice);
    }

    private Issued bob() {
        return Objects.requireNonNull(bob);
    }

    private ControlClient connect(Issued certificate, String protocol) throws IOException, GeneralSecurityException {
        ControlClient client = ControlClient.connect(server.address());
        client.expect(234, "AUTH TLS");
        client.protect(certificate.context(), protocol);
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", TLS_1_3})
    void logsInWithUserAlone(String protocol) throws Exception {
        try (ControlClient client = connect(alice(), protocol)) {
            client.expect(232, "USER alice");
            client.expect(257, "PWD");
            client.expect(202, "PASS ignored");
            client.expect(220, "REIN");
            client.expect(232, "USER alice");
        }
        server.awaitLogLine(line ->
                line.endsWith("alice 127.0.0.1 LOGIN over TLS by certificate CN=alice,O=Example\\\\, Inc.,C=DE"));
    }

    /** The certificate has to be verified before the rest of what came with it can be read. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", TLS_1_3})
    void answersWhatComesInOnePieceWithTheCertificate(String protocol) throws Exception {
        try (WholeFlights connection = new WholeFlights(server.address())) {
            BufferedReader clear = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
            connection.getOutputStream().write("AUTH TLS\r\n".getBytes(UTF_8));
            assertThat(clear.readLine()).startsWith("220");
            assertThat(clear.readLine()).startsWith("234");
            SSLSocket secured = (SSLSocket) alice().context()
                    .getSocketFactory()
                    .createSocket(connection, "127.0.0.1", connection.getPort(), false);
            secured.setEnabledProtocols(new String[] {protocol});
            secured.startHandshake();
            BufferedReader replies = new BufferedReader(new InputStreamReader(secured.getInputStream(), UTF_8));
            secured.getOutputStream().write("USER alice\r\n".getBytes(UTF_8));
            assertThat(replies.readLine()).startsWith("232");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", TLS_1_3})
    void transfersOverTlsAsEveryOtherAccount(String protocol) throws Exception {
        PatternFile.write(server.home().resolve(protocol), 100_000);
        FTPSClient client = new FTPSClient(false);
        client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
        client.setKeyManager(alice().keys()[0]);
        client.setEnabledProtocols(new String[] {protocol});
        client.connect(server.address().getAddress(), server.address().getPort());
        try {
            assertThat(client.user("alice")).isEqualTo(232);
            client.execPBSZ(0);
            client.execPROT("P");
            client.enterLocalPassiveMode();
            assertThat(client.listNames()).contains(protocol);
            client.setFileType(FTP.BINARY_FILE_TYPE);
            CommonsNet.retrieve(client, protocol, 0, data -> PatternFile.assertRest(data, 0, 100_000));
            assertThat(FTPReply.isPositiveCompletion(client.getReplyCode())).isTrue();
        } finally {
            CommonsNet.logout(client);
        }
    }

    @Test
    void needsThePasswordTooWhereThereIsOne() throws Exception {
        try (ControlClient client = connect(alice(), TLS_1_3)) {
            client.expect(331, "USER both");
            client.expect(530, "PASS wrong");
            client.expect(331, "USER both");
            client.expect(230, "PASS secret");
        }
        server.awaitLogLine(line -> line.contains("LOGIN over TLS by password and certificate CN=alice"));
    }

    @Test
    void aGroupsCertificateHasTheNameOfEachMember() throws Exception {
        try (ControlClient client = connect(bob(), TLS_1_3)) {
            client.expect(331, "USER eve");
            client.expect(530, "PASS secret");
            client.expect(232, "USER bob");
        }
    }

    @Test
    void anAccountWithoutCertificateIsAsBefore() throws Exception {
        try (ControlClient client = connect(alice(), TLS_1_3)) {
            client.expect(331, "USER plain");
            client.expect(230, "PASS secret");
        }
        server.awaitLogLine(line -> line.endsWith("plain 127.0.0.1 LOGIN over TLS"));
    }

    @Test
    @Tag("attack")
    void anotherOrNoCertificateGetsTheAnswersOfAWrongPassword() throws Exception {
        try (ControlClient wrong = connect(bob(), TLS_1_3);
                ControlClient clear = ControlClient.connect(server.address())) {
            for (ControlClient client : new ControlClient[] {wrong, clear}) {
                Reply unknown = client.expect(331, "USER no-such-account");
                Reply refused = client.expect(530, "PASS secret");
                assertThat(client.expect(331, "USER both").text()).isEqualTo(unknown.text());
                assertThat(client.expect(530, "PASS secret").text()).isEqualTo(refused.text());
            }
            assertThat(wrong.expect(331, "USER alice").text()).contains("Password, please.");
            wrong.expect(421, "PASS secret"); // the third one, as of wrong passwords
        }
        server.awaitLogLine(
                line -> line.contains("\"both\" failed: the client has not shown the account's certificate"));
        server.awaitLogLine(
                line -> line.contains("\"alice\" failed: the client has not shown the account's certificate"));
    }

    @Test
    void theRightCertificateOfAnAccountThatMayNotLogInTellsNothing() throws Exception {
        try (ControlClient client = connect(alice(), TLS_1_3)) {
            client.expect(331, "USER off");
            client.expect(530, "PASS secret");
            client.expect(331, "USER elsewhere");
            client.expect(530, "PASS secret");
        }
        server.awaitLogLine(line -> line.contains("\"off\" failed: the account is disabled"));
        server.awaitLogLine(line -> line.contains("\"elsewhere\" failed: the account can't be used from this address"));
    }

    @Test
    @Tag("attack")
    void aCertificateOfAnotherAuthorityEndsTheHandshake() throws Exception {
        Issued forged = CertificateAuthority.make(server.folder().resolve("other"))
                .issue("alice", "/C=DE/O=Example, Inc./CN=alice");

        // in TLS 1.3 the client has ended its part before the server looks at the certificate
        assertThatThrownBy(() -> {
                    try (ControlClient client = connect(forged, TLS_1_3)) {
                        client.command("USER alice");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void sessionsEndWhenTheirCertificateIsTakenAway() throws Exception {
        try (ControlClient client = connect(alice(), TLS_1_3);
                ControlClient other = connect(bob(), TLS_1_3)) {
            client.expect(331, "USER both");
            client.expect(230, "PASS secret");
            other.expect(232, "USER bob");

            AccountsFile.edit(
                    server, "both.certificate=" + alice().fingerprint(), "both.certificate=" + bob().fingerprint());

            assertThat(client.expectReply(421).text()).contains("can't be used any more");
            assertThat(client.isEndedByServer()).isTrue();
            other.expect(200, "NOOP");
        }
        server.awaitLogLine(line -> line.contains("KICK because its certificate is no longer the account's"));
        AccountsFile.edit(
                server, "both.certificate=" + bob().fingerprint(), "both.certificate=" + alice().fingerprint());
        await().untilAsserted(this::needsThePasswordTooWhereThereIsOne);
    }
}
