package dev.zeroftpd.it.accounts;

import dev.zeroftpd.it.support.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.commons.net.util.TrustManagerUtils;

/** An authority of the tests' own that issues certificates, by openssl. Immutable. */
record CertificateAuthority(Path folder) {

    private static final String PASSWORD = "changeit";

    /** A new one, whose certificate is {@code ca.pem} in a folder that is made. */
    static CertificateAuthority make(Path folder) throws IOException {
        CertificateAuthority made = new CertificateAuthority(Files.createDirectories(folder));
        made.openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=Test authority",
                "-days",
                "30",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem");
        return made;
    }

    Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** A certificate and its key, as a client or a server has them. */
    record Issued(Path pem, Path keystore) {

        /** TLS with that certificate, which trusts every peer. */
        SSLContext context() throws GeneralSecurityException, IOException {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), new TrustManager[] {TrustManagerUtils.getAcceptAllTrustManager()}, null);
            return context;
        }

        KeyManager[] keys() throws GeneralSecurityException, IOException {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
            return factory.getKeyManagers();
        }

        String fingerprint() throws GeneralSecurityException, IOException {
            try (InputStream in = Files.newInputStream(pem)) {
                byte[] encoded = CertificateFactory.getInstance("X.509")
                        .generateCertificate(in)
                        .getEncoded();
                return HexFormat.ofDelimiter(":")
                        .withUpperCase()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
            }
        }
    }

    /**
     * Issues one.
     *
     * @param subject as openssl writes it, {@code /O=Example/CN=alice}
     * @param extension such as {@code subjectAltName=IP:127.0.0.1}
     */
    Issued issue(String name, String subject, String extension) throws IOException {
        Files.writeString(folder.resolve(name + ".ext"), extension + "\n");
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-utf8",
                "-subj",
                subject,
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
        openssl(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "30",
                "-extfile",
                name + ".ext",
                "-out",
                name + ".pem");
        openssl(
                "pkcs12",
                "-export",
                "-in",
                name + ".pem",
                "-inkey",
                name + ".key",
                "-name",
                name,
                "-out",
                name + ".p12",
                "-passout",
                "pass:" + PASSWORD);
        return new Issued(folder.resolve(name + ".pem"), folder.resolve(name + ".p12"));
    }

    Issued issue(String name, String subject) throws IOException {
        return issue(name, subject, "extendedKeyUsage=clientAuth");
    }

    private void openssl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Command.run(folder, command.toArray(String[]::new)).expectExit(0);
    }
}
