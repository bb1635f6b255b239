package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.OpensslClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tls.NAME.certificate}: each client gets a certificate for the host that it asks for, on all its connections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerNamesIT {

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> {
        make(folder, "web", "DNS:ftp.example.com,DNS:my_ftp_server", 365);
        make(folder, "wild", "DNS:*.example.com,DNS:*.example.net", 365);
        make(folder, "soon", "DNS:soon.example.org", 5);
        ServerOptions options =
                ServerOptions.standard().with("listener.tls", "required").with("tls.session-reuse", "required");
        for (String name : List.of("wild", "web", "soon")) {
            options = options.with("tls." + name + ".certificate", name + ".pem")
                    .with("tls." + name + ".private-key", name + "-key.pem");
        }
        return ServerKeystore.in(folder, options);
    });

    private static void make(Path folder, String subject, String names, int days) throws IOException {
        Command.run(
                        folder,
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        subject + "-key.pem",
                        "-out",
                        subject + ".pem",
                        "-days",
                        Integer.toString(days),
                        "-subj",
                        "/CN=" + subject,
                        "-addext",
                        "subjectAltName=" + names)
                .expectExit(0);
    }

    @BeforeAll
    void writeFile() throws IOException {
        Files.writeString(server.home().resolve("file"), "0123456789");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp.example.com, web",
        "FTP.Example.Com, web",
        "ftp.example.com., web",
        "my_ftp_server, web",
        "other.example.com, wild",
        "ftp.example.net, wild",
        "a.b.example.com, localhost",
        "example.com, localhost",
        "*.example.org, localhost",
        "localhost, localhost",
        "-x, localhost"
    })
    void aNameGetsItsCertificate(String name, String subject) throws IOException {
        for (String protocol : List.of("-tls1_2", "-tls1_3")) {
            assertThat(shown("-servername", name, protocol)).isEqualTo(subject);
        }
    }

    @Test
    void noNameGetsTheFirst() throws IOException {
        assertThat(shown("-noservername")).isEqualTo("localhost");
    }

    /** The certificate's subject. */
    private String shown(String... options) throws IOException {
        String said = OpensslClient.explicit(server.folder(), server.address(), options);
        return said.lines()
                .filter(line -> line.startsWith("subject="))
                .findFirst()
                .map(line -> line.replaceAll("subject=CN ?= ?", ""))
                .orElse(said);
    }

    /** curl checks the certificate on both connections; the server demands that the second one resumes. */
    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void dataConnectionsResumeUnderTheName(String newest) throws IOException {
        String host = "ftp.example.com:" + server.address().getPort();
        List<String> curl = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--ssl-reqd"));
        curl.addAll(List.of("--tls-max", newest, "--cacert", server.folder() + "/web.pem"));
        curl.addAll(List.of("--resolve", host + ":127.0.0.1", "--ftp-skip-pasv-ip"));
        curl.addAll(List.of("--user", "alice:wonderland", "ftp://" + host + "/file"));

        assertThat(Command.run(server.folder(), curl.toArray(String[]::new))
                        .expectExit(0)
                        .output())
                .isEqualTo("0123456789");
    }

    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws IOException {
        Path made = Files.createDirectory(server.folder().resolve("made"));
        make(made, "renewed", "DNS:renewed.example.org", 365);
        move(made.resolve("renewed-key.pem"), "soon-key.pem");
        move(made.resolve("renewed.pem"), "soon.pem");

        await().until(() -> shown("-servername", "renewed.example.org").equals("renewed"));
        assertThat(shown("-servername", "soon.example.org")).isEqualTo("localhost");
        assertThat(shown("-servername", "ftp.example.com")).isEqualTo("web");
    }

    private void move(Path file, String name) throws IOException {
        Files.move(file, server.folder().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void theLogTellsWhichOneExpires() {
        server.awaitLogLine(line -> line.contains("The certificate tls.soon expires in 4 days"));
    }

    @Test
    void checkKnowsAllOfThem() throws IOException {
        make(server.folder(), "late", "DNS:late.example.org", 3);
        make(server.folder(), "nameless", "email:ann@example.org", 3);

        assertThat(check("late").expectExit(0).errors()).contains("the certificate of CN=late expires soon");
        assertThat(check("nameless").expectExit(2).errors())
                .contains("nameless.pem: has no host name (subjectAltName)")
                .contains("remove tls.nameless.certificate");
        assertThat(check("missing").expectExit(2).errors()).contains("tls.missing.certificate");
    }

    private Command check(String name) throws IOException {
        return Command.run(
                server.folder(),
                Checkout.LAUNCHER.toString(),
                "check",
                "--config",
                server.folder().resolve("ftpd.properties").toString(),
                "--set",
                "tls." + name + ".certificate=" + name + ".pem",
                "--set",
                "tls." + name + ".private-key=" + name + "-key.pem");
    }
}
