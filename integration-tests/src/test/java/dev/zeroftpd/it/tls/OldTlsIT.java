package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.OpensslClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tls.protocols} and {@code tls.cipher-suites} for devices that have nothing newer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldTlsIT {

    private static final ServerOptions OLD = ServerOptions.standard()
            .with("listener.tls", "explicit")
            .with("tls.protocols", "TLSv1.3,TLSv1.2,TLSv1.1,TLSv1")
            .with(
                    "tls.cipher-suites",
                    "TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,"
                            + "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,TLS_RSA_WITH_AES_256_CBC_SHA");

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> OpensslClient.withRsaKey(folder, OLD));

    @BeforeAll
    void writeFile() throws IOException {
        Files.writeString(server.home().resolve("file"), "0123456789");
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_3, TLS_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256",
        "-tls1_2, ECDHE-RSA-AES256-SHA384, ECDHE-RSA-AES256-SHA384",
        "-tls1_2, AES256-SHA@SECLEVEL=0, AES256-SHA",
        "-tls1_1, ECDHE-RSA-AES256-SHA@SECLEVEL=0, ECDHE-RSA-AES256-SHA",
        "-tls1, AES256-SHA@SECLEVEL=0, AES256-SHA"
    })
    void servesWhatIsNamed(String protocol, String offer, String agreed) throws IOException {
        String option = protocol.equals("-tls1_3") ? "-ciphersuites" : "-cipher";

        assertThat(OpensslClient.explicit(server.folder(), server.address(), protocol, option, offer))
                .contains("Cipher is " + agreed + "\n");
    }

    @Test
    void servesDataConnectionsToo() throws IOException {
        Command transfer = Command.run(
                server.folder(),
                "curl",
                "--silent",
                "--show-error",
                "--insecure",
                "--ssl-reqd",
                "--tls-max",
                "1.2",
                "--ciphers",
                "AES256-SHA@SECLEVEL=0",
                "--user",
                "alice:wonderland",
                "ftp://127.0.0.1:" + server.address().getPort() + "/file");

        assertThat(transfer.expectExit(0).output()).isEqualTo("0123456789");
    }

    @Test
    void warnsOfWhatIsNoLongerSafe() {
        server.awaitLogLine(line -> line.contains("WARN") && line.contains("TLSv1.1, TLSv1, TLS_ECDHE_RSA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES256-SHA@SECLEVEL=0", "ECDHE-RSA-AES256-SHA384"})
    void refusesThemByDefault(String offer, @TempDir Path other) throws IOException {
        ServerOptions options = ServerOptions.standard().with("listener.tls", "explicit");
        try (ServerProcess strong = ServerProcess.start(other, OpensslClient.withRsaKey(other, options))) {
            assertThat(OpensslClient.explicit(other, strong.address(), "-tls1_2", "-cipher", offer))
                    .contains("Cipher is (NONE)");
        }
    }
}
