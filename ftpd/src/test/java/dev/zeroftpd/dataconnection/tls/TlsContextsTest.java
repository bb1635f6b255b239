package dev.zeroftpd.dataconnection.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.ClientCertificates;
import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.config.reader.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsContextsTest {
    /** Where the RSA key begins in a PKCS #8 encoding of 2048 bits, and the EC key in one of P-256. */
    private static final int PKCS1_START = 26;

    private static final int SEC1_START = 28;

    @TempDir
    private static Path shared;

    private static TestCertificate rsa;
    private static TestCertificate ec;

    @TempDir
    private Path directory;

    @BeforeAll
    static void createCertificates() throws Exception {
        rsa = TestCertificate.create(shared, "rsa", "RSA", "-keysize", "2048");
        ec = TestCertificate.create(shared, "ec", "EC", "-groupname", "secp256r1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsPkcs8Keys(String algorithm) throws Exception {
        TestCertificate certificate = TestCertificate.create(directory, "server", algorithm);
        assertServes(
                certificate,
                TestCertificate.pem("PRIVATE KEY", certificate.key().getEncoded()));
    }

    @Test
    void readsPkcs1Keys() throws Exception {
        byte[] pkcs8 = rsa.key().getEncoded();
        assertServes(rsa, TestCertificate.pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS1_START, pkcs8.length)));
    }

    @Test
    void readsSec1KeysBehindTheirParameters() throws Exception {
        byte[] pkcs8 = ec.key().getEncoded();
        assertServes(
                ec,
                TestCertificate.pem("EC PARAMETERS", new byte[] {5, 0})
                        + TestCertificate.pem("EC PRIVATE KEY", Arrays.copyOfRange(pkcs8, SEC1_START, pkcs8.length)));
    }

    @Test
    void readsKeyAndCertificateFromOneFileAndFindsTheRightCertificate() throws Exception {
        Path file = Files.writeString(
                directory.resolve("all.pem"),
                "Bag Attributes\n" + ec.certificatePem() + rsa.certificatePem()
                        + TestCertificate.pem("PRIVATE KEY", rsa.key().getEncoded()));
        TlsContexts.load(pem(file, file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufeff", "  ", "\t"})
    void readsWhatEditorsPutBeforeLines(String before) throws Exception {
        String key = TestCertificate.pem("PRIVATE KEY", rsa.key().getEncoded());
        assertServes(rsa, before + (before.isBlank() ? key.replace("\n", "\n" + before) : key));
    }

    @Test
    void readsWhatComesBehindABlockWithAHyphenInItsLabel() throws Exception {
        String key = TestCertificate.pem("PRIVATE KEY", rsa.key().getEncoded());
        assertServes(rsa, TestCertificate.pem("X-NOTE", new byte[] {1}) + key);
    }

    @Test
    void readsKeystores() throws Exception {
        TlsContexts.load(rsa.settings(SessionReuse.OPTIONAL));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        Path certificate = Files.writeString(directory.resolve("cert.pem"), rsa.certificatePem());
        Path key = Files.writeString(
                directory.resolve("key.pem"),
                TestCertificate.pem("PRIVATE KEY", ec.key().getEncoded()));
        Path encrypted = Files.writeString(
                directory.resolve("encrypted.pem"), TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[100]));
        Path older = Files.writeString(
                directory.resolve("older.pem"),
                TestCertificate.pem("RSA PRIVATE KEY", new byte[100])
                        .replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"));
        String whole = TestCertificate.pem("PRIVATE KEY", ec.key().getEncoded());
        Path cut = Files.writeString(directory.resolve("cut.pem"), whole.substring(0, whole.indexOf("-----END")));
        Path broken = Files.writeString(directory.resolve("broken.pem"), whole.replaceFirst("\n.", "\n@"));
        Path unclear = Files.writeString(directory.resolve("unclear.pem"), whole.replaceFirst("KEY-----", "KEY---"));
        Path foreign = Files.writeString(
                directory.resolve("foreign.pem"), TestCertificate.pem("EC PRIVATE KEY", new byte[] {0x30, 0x7f, 2}));
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing\n");
        Path missing = directory.resolve("missing.pem");

        assertProblem(pem(certificate, key), "does not hold the private key");
        assertProblem(pem(certificate, encrypted), "is encrypted");
        assertProblem(pem(certificate, older), "is encrypted");
        assertProblem(pem(certificate, cut), "is damaged");
        assertProblem(pem(certificate, broken), "is damaged");
        assertProblem(pem(certificate, unclear), "is damaged");
        assertProblem(pem(certificate, foreign), "does not hold the private key");
        assertProblem(pem(certificate, empty), "contains no private key");
        assertProblem(pem(empty, key), "contains no certificate");
        assertProblem(pem(missing, key), "does not exist");
        assertProblem(keystore(rsa.keystore(), "wrong"), "password");
        assertProblem(keystore(empty, "any"), "keystore");
        assertProblem(keystore(missing, "any"), "does not exist");
    }

    @Test
    void keepsTheLastGoodCertificateWhereAReplacementIsBroken() throws Exception {
        Path file = directory.resolve("live.p12");
        Files.copy(rsa.keystore(), file);
        TlsContexts contexts = TlsContexts.load(keystore(file, TestCertificate.PASSWORD));
        SSLContext before = contexts.newContext();
        Files.writeString(file, "broken");
        assertThat(contexts.reload()).isPresent();
        assertThat(contexts.newContext()).isNotSameAs(before);

        Files.copy(ec.keystore(), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(contexts.reload()).isEmpty();
        assertThat(contexts.newSession().controlHandshake()).isEmpty();
    }

    @Test
    void showsItsPolicyToStockCode() throws Exception {
        SslConfiguration stock =
                TlsContexts.load(rsa.settings(SessionReuse.OPTIONAL)).sslConfiguration();
        assertThat(stock.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(stock.getEnabledCipherSuites()).startsWith("TLS_AES_128_GCM_SHA256");
        assertThat(stock.getClientAuth()).isEqualTo(ClientAuth.NONE);
        assertThat(stock.getSSLContext()).isNotSameAs(stock.getSSLContext());
    }

    @Test
    void servesAnEmbeddersOwnConfiguration() throws Exception {
        SslConfiguration stock =
                TlsContexts.load(rsa.settings(SessionReuse.OPTIONAL)).sslConfiguration();
        SSLEngine engine = SessionTls.of(stock).newControlEngine(() -> false);
        assertThat(engine.getUseClientMode()).isFalse();
        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    }

    @Test
    void demandsClientCertificatesOfTheGivenAuthorities() throws Exception {
        Path authorities = Files.writeString(directory.resolve("authorities.pem"), ec.certificatePem());
        TlsSettings settings = new TlsSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(rsa.keystore()),
                Optional.of(TestCertificate.PASSWORD),
                SessionReuse.OPTIONAL,
                true,
                ClientCertificates.REQUIRED,
                Optional.of(authorities),
                TestSettings.DEFAULTS.tls().offer(),
                List.of());
        assertThat(TlsContexts.load(settings)
                        .newSession()
                        .newControlEngine(() -> false)
                        .getNeedClientAuth())
                .isTrue();
    }

    private void assertServes(TestCertificate certificate, String keyPem) throws Exception {
        Path certificateFile = Files.writeString(directory.resolve("cert.pem"), certificate.certificatePem());
        Path keyFile = Files.writeString(directory.resolve("key.pem"), keyPem);
        Identity identity = Identity.load(new CertificateSource.Pem(certificateFile, keyFile));
        X509ExtendedKeyManager keys = (X509ExtendedKeyManager) identity.keyManagers()[0];
        String type = certificate.certificate().getPublicKey().getAlgorithm();
        String alias = keys.chooseEngineServerAlias(type, null, null);
        assertThat(keys.getPrivateKey(alias)).isEqualTo(certificate.key());
        assertThat(keys.getCertificateChain(alias)).containsExactly(certificate.certificate());
    }

    private static void assertProblem(TlsSettings settings, String text) {
        assertThatThrownBy(() -> TlsContexts.load(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(text);
    }

    private static TlsSettings pem(Path certificate, Path key) {
        return new TlsSettings(
                Optional.of(certificate),
                Optional.of(key),
                Optional.empty(),
                Optional.empty(),
                SessionReuse.OPTIONAL,
                true,
                ClientCertificates.OFF,
                Optional.empty(),
                TestSettings.DEFAULTS.tls().offer(),
                List.of());
    }

    private static TlsSettings keystore(Path file, String password) {
        return new TlsSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(file),
                Optional.of(password),
                SessionReuse.OPTIONAL,
                true,
                ClientCertificates.OFF,
                Optional.empty(),
                TestSettings.DEFAULTS.tls().offer(),
                List.of());
    }
}
