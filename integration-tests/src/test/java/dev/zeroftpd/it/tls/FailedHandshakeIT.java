package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.OpensslClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS handshakes of control connections that fail: one line in the log, and nothing stays behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("attack")
class FailedHandshakeIT {

    private static final int SESSIONS = 5;

    private static final ServerOptions OPTIONS = ServerOptions.standard()
            .with("listener.six.address", "127.0.0.1")
            .with("listener.tls", "explicit")
            .with("listener.six.tls", "implicit")
            .with("limits.sessions", Integer.toString(SESSIONS));

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> OpensslClient.withRsaKey(folder, OPTIONS));

    private Path folder;
    private InetSocketAddress implicit;

    @BeforeAll
    void findListener() {
        folder = server.folder();
        implicit = server.listeners().get(1);
    }

    private List<String> linesAbout(String what) {
        server.awaitLogLine(line -> line.contains(what));
        return server.logText().lines().filter(line -> line.contains(what)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void tellsThatTheClientRefusedTheCertificate(String protocol) throws IOException {
        String before = server.logText();
        OpensslClient.implicit(folder, implicit, protocol, "-verify_return_error");

        server.awaitLogLine(line -> !before.contains(line) && line.contains("refused the server's certificate"));
        assertThat(server.logText().substring(before.length()).lines().filter(line -> line.contains("TLS with")))
                .singleElement()
                .asString()
                .containsPattern(
                        "INFO .*TLS with 127\\.0\\.0\\.1:\\d+ failed: the client refused the server's certificate"
                                + " \\(\\w+\\); it offered TLSv1\\.[23] with TLS_");
    }

    @Test
    void tellsWhatAnOldClientOffersWhereNothingFits() throws IOException {
        OpensslClient.explicit(folder, server.address(), "-tls1_2", "-cipher", "AES256-SHA@SECLEVEL=0");
        OpensslClient.explicit(folder, server.address(), "-tls1_1", "-cipher", "ALL@SECLEVEL=0");

        assertThat(linesAbout("no common cipher suite: the client offers TLS_RSA_WITH_AES_256_CBC_SHA"))
                .hasSize(1);
        assertThat(linesAbout("no common TLS version: the client offers TLSv1.1"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void refusesClientsThatSayTheySpeakAnotherProtocol(String protocol) throws IOException {
        String before = server.logText();
        assertThat(OpensslClient.implicit(folder, implicit, protocol, "-alpn", "http/1.1"))
                .contains("no application protocol");
        server.awaitLogLine(line -> !before.contains(line) && line.contains("(no_application_protocol)"));

        assertThat(OpensslClient.implicit(folder, implicit, protocol, "-alpn", "http/1.1,ftp"))
                .contains("ALPN protocol: ftp");
        assertThat(OpensslClient.explicit(folder, server.address(), protocol)).contains("No ALPN negotiated");
    }

    @Test
    void tellsThatAClientSpeaksWithoutTls() throws IOException {
        try (ControlClient client = ControlClient.connectUngreeted(implicit)) {
            client.send("USER alice");
            assertThat(linesAbout("the client speaks without TLS")).hasSize(1);
            assertThat(client.endsWithoutGreeting()).isTrue();
        }
    }

    @Test
    void tellsThatAClientSpeaksTlsWhereThePortBeginsInClear() throws IOException {
        OpensslClient.implicit(folder, server.address(), "-tls1_2");

        assertThat(linesAbout("failed: it began a handshake on a port that begins in clear"))
                .singleElement()
                .asString()
                .containsPattern("INFO .*TLS with 127\\.0\\.0\\.1:\\d+ failed: .*; it offered TLSv1\\.2 with TLS_");
    }

    @Test
    void leavesNoSessionBehind(@TempDir Path other) throws IOException {
        try (ServerProcess own = ServerProcess.start(other, OpensslClient.withRsaKey(other, OPTIONS))) {
            for (int i = 0; i < 20; i++) {
                OpensslClient.implicit(other, own.listeners().get(1), "-tls1_2", "-cipher", "AES256-SHA@SECLEVEL=0");
                OpensslClient.explicit(other, own.address(), "-verify_return_error");
            }

            ControlClient.login(own.address(), Account.ALICE).close();
            assertThat(own.logText()).doesNotContain("ERROR", "Exception", "\tat ");
        }
    }
}
