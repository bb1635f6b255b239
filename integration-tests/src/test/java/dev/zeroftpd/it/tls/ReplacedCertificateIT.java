package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.net.ftp.FTPSClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is replaced on disk while the server runs, as those who renew it every few weeks do. */
class ReplacedCertificateIT {

    private static final long SIZE = 16L << 20;

    /** The server looks once a second at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ServerIdentity first;
    private static ServerIdentity second;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificates(@TempDir Path made) throws IOException, GeneralSecurityException {
        first = ServerIdentity.make(made.resolve("first"));
        second = ServerIdentity.make(made.resolve("second"));
    }

    @Test
    void aNewKeystoreServesNewSessionsAndABrokenOneNone() throws Exception {
        Path keystore = folder.resolve("live.p12");
        first.replaceKeystore(keystore);
        ServerOptions options =
                options().with("tls.keystore", "live.p12").with("tls.keystore-password", ServerKeystore.PASSWORD);
        try (ServerProcess server = ServerProcess.start(folder, options)) {
            Files.writeString(keystore, "not a keystore");
            assertRefused(server, "live.p12");

            assertOldSessionGoesOnWhile(server, () -> second.replaceKeystore(keystore));
        }
    }

    @Test
    void aNewPairOfPemFilesServesNewSessionsOnceBothHaveCome() throws Exception {
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        first.replaceCertificate(certificate);
        first.replaceKey(key);
        ServerOptions options = options().with("tls.certificate", "cert.pem").with("tls.private-key", "key.pem");
        try (ServerProcess server = ServerProcess.start(folder, options)) {
            second.replaceCertificate(certificate);
            assertRefused(server, "key.pem: does not hold the private key");

            assertOldSessionGoesOnWhile(server, () -> second.replaceKey(key));
        }
    }

    @Test
    void sighupTakesANewCertificateAtOnce() throws Exception {
        Path keystore = folder.resolve("live.p12");
        first.replaceKeystore(keystore);
        ServerOptions options =
                options().with("tls.keystore", "live.p12").with("tls.keystore-password", ServerKeystore.PASSWORD);
        try (ServerProcess server = ServerProcess.start(folder, options)) {
            Files.writeString(keystore, "not a keystore");
            server.hangUp();
            server.awaitLogLine(line -> line.contains("Kept the last good certificate"));

            second.replaceKeystore(keystore);
            server.hangUp();
            await().atMost(PATIENCE).until(() -> shown(server).equals(second.certificate()));
        }
    }

    private static ServerOptions options() {
        return ServerOptions.standard().with("listener.tls", "explicit");
    }

    /** Sessions begin and are shown the first certificate, until the log says that the replacement can't be used, and then. */
    private void assertRefused(ServerProcess server, String problem) throws Exception {
        await().atMost(PATIENCE).until(() -> {
            assertThat(shown(server)).isEqualTo(first.certificate());
            return server.logText().contains("Kept the last good certificate");
        });
        assertThat(server.awaitLogLine(line -> line.contains("Kept the last good certificate")))
                .contains("WARN")
                .contains(problem);
        assertThat(shown(server)).isEqualTo(first.certificate());
    }

    /** The session's data connections are shown the first certificate, the only one that its client trusts, to the end. */
    private void assertOldSessionGoesOnWhile(ServerProcess server, Replacement replacement) throws Exception {
        PatternFile.write(server.home().resolve("file"), SIZE);
        FTPSClient old = new FTPSClient(false, trust(first.certificate()));
        CommonsNet.login(old, server.address(), Way.Mode.PASSIVE, Account.ALICE);
        old.execPBSZ(0);
        old.execPROT("P");
        CommonsNet.retrieve(old, "file", 0, data -> {
            PatternFile.assertNext(data, 0, 1000);
            replacement.happen();
            await().atMost(PATIENCE).until(() -> shown(server).equals(second.certificate()));
            PatternFile.assertRest(data, 1000, SIZE);
        });
        assertThat(server.logText()).contains("Loaded the changed certificate");
        CommonsNet.retrieve(old, "file", SIZE - 1, data -> PatternFile.assertRest(data, SIZE - 1, SIZE));
        CommonsNet.logout(old);
    }

    /** What somebody does with the files. */
    @FunctionalInterface
    private interface Replacement {
        void happen() throws IOException;
    }

    /** The certificate that a session which begins now is shown. */
    private static X509Certificate shown(ServerProcess server) throws IOException {
        try (ControlClient control = ControlClient.connect(server.address())) {
            control.expect(234, "AUTH TLS");
            return control.protect();
        }
    }

    private static SSLContext trust(X509Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
