package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
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
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.net.ftp.FTPSClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tls.session-reuse=required}: data connections only for whom the control connection's TLS session belongs to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionReuseIT {

    private static final int SIZE = 500_000;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> {
        ServerOptions options =
                ServerOptions.standard().with("listener.tls", "required").with("tls.session-reuse", "required");
        return ServerKeystore.in(folder, options);
    });

    private Path certificate;

    @BeforeAll
    void writeFiles() throws IOException {
        certificate = ServerKeystore.certificate(server.folder());
        PatternFile.write(server.home().resolve("file"), SIZE);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void refusesADataConnectionWithASessionOfItsOwn(Site.Protection protection) throws IOException {
        FTPSClient client = ReusingFtpsClient.notReusing(site(protection));
        login(client);

        assertThat(client.listNames()).isNull();
        assertThat(client.getReplyCode()).as(client.getReplyString()).isEqualTo(425);
        assertThat(client.storeFile("new", new ByteArrayInputStream(new byte[10])))
                .isFalse();
        assertThat(server.home().resolve("new")).doesNotExist();
        CommonsNet.logout(client);
    }

    /** The JDK uses a ticket of TLS 1.3 once: each transfer has to bring it the next one. */
    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void servesOneTransferAfterTheOtherThatResumesIt(Site.Protection protection) throws IOException {
        ReusingFtpsClient client = ReusingFtpsClient.trusting(site(protection));
        login(client);
        client.protectData();
        byte[] content = PatternFile.bytes(0, SIZE);

        for (int i = 0; i < 5; i++) {
            String name = "new-" + protection + "-" + i;
            assertThat(client.listNames()).contains("file");
            CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, SIZE));
            assertThat(client.storeFile(name, new ByteArrayInputStream(content)))
                    .as(client.getReplyString())
                    .isTrue();
            assertThat(client.appendFile(name, new ByteArrayInputStream(new byte[1])))
                    .as(client.getReplyString())
                    .isTrue();
            assertThat(server.home().resolve(name)).hasBinaryContent(Arrays.copyOf(content, SIZE + 1));
        }
        CommonsNet.logout(client);
    }

    private void login(FTPSClient client) throws IOException {
        client.setDefaultTimeout(30_000);
        client.connect(server.address().getHostString(), server.address().getPort());
        assertThat(client.login(Account.ALICE.name(), Account.ALICE.password())).isTrue();
        client.execPBSZ(0);
        client.execPROT("P");
        client.setFileType(FTPSClient.BINARY_FILE_TYPE);
        client.enterLocalPassiveMode();
    }

    private Site site(Site.Protection protection) {
        return new Site(
                server.address(), Way.Mode.PASSIVE, protection, true, Account.ALICE, certificate, server.folder());
    }
}
