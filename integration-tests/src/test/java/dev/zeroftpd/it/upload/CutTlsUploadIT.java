package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Uploads over TLS whose TCP connection ends without close_notify (RFC 8446, section 6.1; RFC 5246, section 7.2.1):
 * anybody on the line can do that, so such a file is not complete, unless the operator says otherwise.
 */
@ParameterizedClass(name = "tls.require-close-notify={0}")
@ValueSource(booleans = {true, false})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutTlsUploadIT {

    private static final Pattern EPSV = Pattern.compile("\\|\\|\\|(\\d+)\\|");
    private static final int SENT = 300_000;
    private static final int WHOLE = 500_000;

    @Parameter
    boolean demanded;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            ServerOptions.standard()
                    .with("listener.tls", "explicit")
                    .with("tls.require-close-notify", Boolean.toString(demanded))));

    private FTPSClient client;

    @BeforeEach
    void newClient() {
        client = new FTPSClient(false);
    }

    @AfterEach
    void logout() throws IOException {
        CommonsNet.logout(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void endsWithFinOnly(String protocol) throws Exception {
        String name = "fin-" + protocol;
        Files.writeString(server.home().resolve(name), "the old file");

        Socket raw = upload(name, protocol);
        raw.shutdownOutput();

        if (demanded) {
            assertThat(client.getReply()).as(client.getReplyString()).isEqualTo(426);
            assertThat(server.home().resolve(name)).hasContent("the old file");
            resume(name, protocol);
        } else {
            assertThat(client.getReply()).as(client.getReplyString()).isEqualTo(226);
            assertThat(server.home().resolve(name)).hasBinaryContent(PatternFile.bytes(0, SENT));
        }
        raw.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void endsWithReset(String protocol) throws Exception {
        String name = "reset-" + protocol;
        Files.writeString(server.home().resolve(name), "the old file");

        Socket raw = upload(name, protocol);
        raw.setSoLinger(true, 0);
        raw.close();

        assertThat(client.getReply()).as(client.getReplyString()).isEqualTo(426);
        assertThat(server.home().resolve(name)).hasContent("the old file");
        resume(name, protocol);
    }

    /** Sends a part of a file and returns the connection below TLS, once the server has all of that part. */
    private Socket upload(String name, String protocol) throws IOException, GeneralSecurityException {
        login(protocol);
        Socket raw = new Socket();
        SSLSocket data = store(raw, "STOR " + name, protocol);
        assertThat(data.getSession().getProtocol()).isEqualTo(protocol);
        data.getOutputStream().write(PatternFile.bytes(0, SENT));
        await().until(() -> {
            client.sendCommand("STAT");
            return client.getReplyString().contains(" " + SENT + " bytes");
        });
        return raw;
    }

    /** What came was kept: the rest is enough. */
    private void resume(String name, String protocol) throws IOException, GeneralSecurityException {
        assertThat(client.rest(Integer.toString(SENT))).isEqualTo(350);
        try (SSLSocket data = store(new Socket(), "STOR " + name, protocol)) {
            data.getOutputStream().write(PatternFile.bytes(SENT, WHOLE));
        }
        assertThat(client.getReply()).as(client.getReplyString()).isEqualTo(226);
        assertThat(server.home().resolve(name)).hasBinaryContent(PatternFile.bytes(0, WHOLE));
    }

    private SSLSocket store(Socket raw, String command, String protocol) throws IOException, GeneralSecurityException {
        assertThat(client.epsv()).isEqualTo(229);
        Matcher port = EPSV.matcher(client.getReplyString());
        assertThat(port.find()).isTrue();
        raw.connect(new InetSocketAddress(server.address().getAddress(), Integer.parseInt(port.group(1))));
        assertThat(client.sendCommand(command)).as(client.getReplyString()).isEqualTo(150);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {TrustManagerUtils.getAcceptAllTrustManager()}, null);
        SSLSocket data = (SSLSocket) context.getSocketFactory()
                .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
        data.setEnabledProtocols(new String[] {protocol});
        data.startHandshake();
        return data;
    }

    private void login(String protocol) throws IOException {
        client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
        client.setEnabledProtocols(new String[] {protocol});
        client.setDefaultTimeout(30_000);
        client.connect(server.address().getAddress(), server.address().getPort());
        assertThat(client.login(Account.ALICE.name(), Account.ALICE.password())).isTrue();
        client.execPBSZ(0);
        client.execPROT("P");
        client.setFileType(FTP.BINARY_FILE_TYPE);
    }
}
