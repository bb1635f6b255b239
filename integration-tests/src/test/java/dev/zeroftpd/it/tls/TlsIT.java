package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transfers over TLS (RFC 4217): they stream, say so, and carry the same bytes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {

    private static final long SIZE = 20L << 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
            folder -> ServerKeystore.in(folder, ServerOptions.standard().with("listener.tls", "explicit")));

    private FTPSClient client;

    @BeforeAll
    void writeFiles() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
    }

    @BeforeEach
    void login() throws IOException {
        client = new FTPSClient(false);
        client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
        client.setDefaultTimeout(30_000);
        client.setDataTimeout(Duration.ofSeconds(30));
        client.connect(server.address().getAddress(), server.address().getPort());
        assertThat(client.login(Account.ALICE.name(), Account.ALICE.password())).isTrue();
        client.execPBSZ(0);
        client.execPROT("P");
        client.setFileType(FTP.BINARY_FILE_TYPE);
        client.enterLocalPassiveMode();
    }

    @AfterEach
    void logout() throws IOException {
        CommonsNet.logout(client);
    }

    @Test
    void downloadsAndSaysThatItStreamed() throws IOException {
        String reply = CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, SIZE));

        assertThat(reply).contains("streamed: TLS");
    }

    @Test
    void downloadsFromWhereRestSays() throws IOException {
        CommonsNet.retrieve(client, "file", SIZE / 2, data -> PatternFile.assertRest(data, SIZE / 2, SIZE));
    }

    @Test
    void uploads() throws IOException {
        byte[] content = PatternFile.bytes(0, 5_000_000);

        assertThat(client.storeFile("uploaded", new ByteArrayInputStream(content)))
                .as(client.getReplyString())
                .isTrue();

        assertThat(server.home().resolve("uploaded")).hasBinaryContent(content);
    }

    @Test
    void lists() throws IOException {
        assertThat(client.listNames()).contains("file");
    }

    @Test
    void theSessionSurvivesAClientThatDropsTheDataConnection() throws IOException {
        InputStream data = client.retrieveFileStream("file");
        PatternFile.assertNext(data, 0, 1000);
        data.close();

        assertThat(client.completePendingCommand()).isFalse();
        assertThat(client.getReplyCode()).isEqualTo(426);
        assertThat(client.sendNoOp()).isTrue();
    }
}
