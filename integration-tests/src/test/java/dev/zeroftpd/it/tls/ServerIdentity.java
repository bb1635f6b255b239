package dev.zeroftpd.it.tls;

import dev.zeroftpd.it.support.ServerKeystore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;

/** A certificate that a server may show, with its key, to be put where the server reads its own. Immutable. */
record ServerIdentity(Path keystore, X509Certificate certificate, PrivateKey key) {

    /** A new one, in a keystore in {@code folder}. */
    static ServerIdentity make(Path folder) throws IOException, GeneralSecurityException {
        Path keystore = ServerKeystore.make(Files.createDirectories(folder));
        char[] password = ServerKeystore.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance(keystore.toFile(), password);
        String alias = Collections.list(store.aliases()).getFirst();
        return new ServerIdentity(
                keystore, (X509Certificate) store.getCertificate(alias), (PrivateKey) store.getKey(alias, password));
    }

    /** Replaces a keystore at once, as {@code mv} does. */
    void replaceKeystore(Path file) throws IOException {
        try (InputStream made = Files.newInputStream(keystore)) {
            replace(file, made.readAllBytes());
        }
    }

    void replaceCertificate(Path pem) throws IOException, GeneralSecurityException {
        replace(pem, pem("CERTIFICATE", certificate.getEncoded()));
    }

    void replaceKey(Path pem) throws IOException {
        replace(pem, pem("PRIVATE KEY", key.getEncoded()));
    }

    private static byte[] pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return String.format("-----BEGIN %s-----%n%s%n-----END %s-----%n", label, body, label)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
