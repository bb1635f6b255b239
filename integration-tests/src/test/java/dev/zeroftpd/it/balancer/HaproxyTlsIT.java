package dev.zeroftpd.it.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ReusingFtpsClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Site;
import dev.zeroftpd.it.support.Way;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.net.ftp.FTPSClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FTPS through HAProxy, which forwards TLS as it comes: on both connections, and resumed from one to the other. */
class HaproxyTlsIT {

    private static final int SIZE = 3 << 20;

    private static final Haproxy.Ports PORTS = Haproxy.Ports.choose(20);

    /** The nodes of one name have one certificate. */
    @TempDir
    private static Path key;

    @RegisterExtension
    private final RunningServer one = RunningServer.with(folder -> node(PORTS.one()));

    @RegisterExtension
    private final RunningServer two = RunningServer.with(folder -> node(PORTS.two()));

    @TempDir
    private Path folder;

    private Haproxy haproxy;

    private static ServerOptions node(ServerOptions options) throws IOException {
        Path keystore = Files.exists(key.resolve("server.p12")) ? key.resolve("server.p12") : ServerKeystore.make(key);
        return options.with("tls.keystore", keystore.toString())
                .with("tls.keystore-password", ServerKeystore.PASSWORD)
                .with("listener.tls", "required")
                .with("tls.session-reuse", "required")
                .with("shutdown.delay", "0s")
                .with("shutdown.session-grace", "0s");
    }

    @BeforeEach
    void start() throws IOException {
        for (RunningServer node : List.of(one, two)) {
            PatternFile.write(node.home().resolve("file"), SIZE);
        }
        haproxy = Haproxy.start(folder, PORTS, one.address(), two.address());
    }

    @AfterEach
    void stop() {
        haproxy.close();
    }

    private Site site(Site.Protection protection) {
        return new Site(
                haproxy.front(),
                Way.Mode.PASSIVE,
                protection,
                true,
                Account.ALICE,
                ServerKeystore.certificate(key),
                folder);
    }

    /** By name: the JDK finds a session to resume by the host that a client has connected to. */
    private void logIn(FTPSClient client) throws IOException {
        client.setDefaultTimeout(30_000);
        client.connect("127.0.0.1", haproxy.front().getPort());
        assertThat(client.login(Account.ALICE.name(), Account.ALICE.password())).isTrue();
        client.execPBSZ(0);
        client.execPROT("P");
        client.setFileType(FTPSClient.BINARY_FILE_TYPE);
        client.enterLocalPassiveMode();
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void dataConnectionsResumeTheSessionOfTheirControlConnection(Site.Protection protection) throws IOException {
        byte[] content = PatternFile.bytes(0, SIZE);
        for (int i = 0; i < 2; i++) { // one for each node
            ReusingFtpsClient client = ReusingFtpsClient.trusting(site(protection));
            logIn(client);
            client.protectData();
            for (String name : List.of("first", "second")) {
                assertThat(client.storeFile(name, new ByteArrayInputStream(content)))
                        .as(client.getReplyString())
                        .isTrue();
                CommonsNet.retrieve(client, name, 0, data -> PatternFile.assertRest(data, 0, SIZE));
            }
            CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, SIZE));
            CommonsNet.logout(client);
        }
        for (RunningServer node : List.of(one, two)) {
            assertThat(node.home().resolve("first")).hasBinaryContent(content);
            assertThat(node.home().resolve("second")).hasBinaryContent(content);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void aDataConnectionWithASessionOfItsOwnIsRefused(Site.Protection protection) throws IOException {
        FTPSClient client = ReusingFtpsClient.notReusing(site(protection));
        logIn(client);

        assertThat(client.storeFile("new", new ByteArrayInputStream(new byte[10])))
                .isFalse();
        assertThat(client.getReplyCode()).as(client.getReplyString()).isEqualTo(425);
        CommonsNet.logout(client);
    }

    /** It resumes sessions by itself. */
    @Test
    void curlUploadsAndDownloads() throws IOException {
        Path file = PatternFile.write(folder.resolve("file"), SIZE);
        for (String passive : List.of("--ftp-pasv", "--disable-epsv")) {
            curl(
                    passive,
                    "--upload-file",
                    "file",
                    "ftp://127.0.0.1:" + haproxy.front().getPort() + "/sent");
            curl(
                    passive,
                    "--output",
                    "got",
                    "ftp://127.0.0.1:" + haproxy.front().getPort() + "/file");
            assertThat(folder.resolve("got")).hasSameBinaryContentAs(file);
        }
        for (RunningServer node : List.of(one, two)) {
            assertThat(node.logText()).doesNotContain("PROXY");
        }
    }

    private void curl(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--ssl-reqd"));
        line.addAll(List.of("--cacert", ServerKeystore.certificate(key).toString()));
        line.addAll(List.of("--user", Account.ALICE.name() + ":" + Account.ALICE.password()));
        line.addAll(List.of(arguments));
        Command.run(folder, line.toArray(new String[0])).expectExit(0);
    }
}
