package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.OpensslClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

        String afterOne = server.logText();
        assertThat(OpensslClient.explicit(folder, server.address(), protocol, "-alpn", "http/1.1"))
                .contains("no application protocol");
        server.awaitLogLine(line -> !afterOne.contains(line) && line.contains("(no_application_protocol)"));

        assertThat(OpensslClient.implicit(folder, implicit, protocol, "-alpn", "http/1.1,ftp"))
                .contains("ALPN protocol: ftp");
        assertThat(OpensslClient.explicit(folder, server.address(), protocol, "-alpn", "http/1.1,ftp"))
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

    /** Why a handshake is refused, and by which side. */
    enum Refusal {
        OLD_VERSION("-tls1_1 -cipher ALL@SECLEVEL=0"),
        NO_COMMON_SUITE("-tls1_2 -cipher AES256-SHA@SECLEVEL=0"),
        NO_CLIENT_CERTIFICATE("-tls1_2"),
        /** The client takes the handshake for complete before it hears of it. */
        NO_CLIENT_CERTIFICATE_LATE("-tls1_3"),
        SERVER_CERTIFICATE("-verify_return_error");

        private final String offer;

        /** @param offer options of openssl with a blank between them */
        Refusal(String offer) {
            this.offer = offer;
        }

        String[] options() {
            return offer.split(" ", -1);
        }

        ServerOptions demanding(ServerOptions options) {
            return this == NO_CLIENT_CERTIFICATE || this == NO_CLIENT_CERTIFICATE_LATE
                    ? options.with("tls.client-certificates", "required").with("tls.client-authorities", "rsa.pem")
                    : options;
        }
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void leavesNoSessionBehind(Refusal refusal, @TempDir Path other) throws IOException {
        ServerOptions options = refusal.demanding(OpensslClient.withRsaKey(other, OPTIONS));
        for (boolean explicitly : List.of(true, false)) {
            Path each = Files.createDirectory(other.resolve(explicitly ? "explicit" : "implicit"));
            try (ServerProcess own = ServerProcess.start(other, options)) {
                for (int i = 0; i < 2 * SESSIONS; i++) {
                    String said = explicitly
                            ? OpensslClient.explicit(each, own.address(), refusal.options())
                            : OpensslClient.implicit(each, own.listeners().get(1), refusal.options());
                    assertThat(said).contains("error:");
                }
                ControlClient.login(own.address(), Account.ALICE).close();
                await().until(() -> Operator.who(own).isEmpty());

                assertThat(own.stop()).isZero();
                assertThat(own.logText())
                        .contains("Draining: 0 sessions, 0 transfers")
                        .doesNotContain("ERROR", "Exception", "\tat ");
            }
        }
    }
}
