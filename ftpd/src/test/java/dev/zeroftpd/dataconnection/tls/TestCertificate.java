package dev.zeroftpd.dataconnection.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.ClientCertificates;
import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.config.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate that the JDK's keytool made, in a keystore of its own. Immutable. */
public record TestCertificate(Path keystore, String algorithm, PrivateKey key, X509Certificate certificate) {
    static final String PASSWORD = "changeit";

    public static TestCertificate create(Path directory, String name, String algorithm, String... options)
            throws IOException, GeneralSecurityException {
        Path keystore = directory.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                "server",
                "-dname",
                "CN=" + name,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.onExit().join().exitValue()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate(
                keystore, algorithm, (PrivateKey) keys.getKey("server", PASSWORD.toCharArray()), (X509Certificate)
                        keys.getCertificate("server"));
    }

    public TlsSettings settings(SessionReuse reuse) {
        return new TlsSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(keystore),
                Optional.of(PASSWORD),
                reuse,
                true,
                ClientCertificates.OFF,
                Optional.empty(),
                TestSettings.DEFAULTS.tls().offer(),
                List.of());
    }

    String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** A client that trusts {@code server} and shows this certificate if asked. */
    public SSLContext clientOf(TestCertificate server) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", server.certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("own", key, PASSWORD.toCharArray(), new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
