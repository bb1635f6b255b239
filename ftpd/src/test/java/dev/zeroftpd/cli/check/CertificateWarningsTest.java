package dev.zeroftpd.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.server.Preflight;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateWarningsTest {

    @TempDir
    Path folder;

    @Test
    void tellsOfEachTimeAtWhichClientsRefuseTheCertificate() throws Exception {
        List<X509Certificate> certificates = Preflight.certificates(settings());
        Instant from = certificates.getFirst().getNotBefore().toInstant();
        Instant end = certificates.getFirst().getNotAfter().toInstant();

        assertThat(CertificateWarnings.of(certificates, from.plusSeconds(1))).isEmpty();
        assertThat(CertificateWarnings.of(certificates, from.minusSeconds(1)))
                .containsExactly(
                        "the certificate of CN=ftp.example.org is not valid before " + from + ": clients refuse it");
        assertThat(CertificateWarnings.of(certificates, end.minus(Duration.ofDays(13))))
                .containsExactly("the certificate of CN=ftp.example.org expires soon, at " + end);
        assertThat(CertificateWarnings.of(certificates, end.plusSeconds(1)))
                .containsExactly("the certificate of CN=ftp.example.org expired at " + end + ": clients refuse it");
    }

    private Settings settings() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=ftp.example.org",
                        "-validity",
                        "30",
                        "-keystore",
                        folder.resolve("keys.p12").toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        Path file = Files.writeString(
                folder.resolve("ftpd.properties"), "tls.keystore=keys.p12\ntls.keystore-password=changeit\n");
        return SettingsLoader.load(SettingsSources.ofFile(file)).settings();
    }
}
