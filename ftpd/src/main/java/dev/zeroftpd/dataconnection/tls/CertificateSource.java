package dev.zeroftpd.dataconnection.tls;

import java.nio.file.Path;
import java.util.List;

/** Where the server's certificate and private key are read from. Immutable. */
sealed interface CertificateSource {

    /** The files whose change means a new certificate. */
    List<Path> files();

    /** Two PEM files, or one that holds both. */
    record Pem(Path certificate, Path privateKey) implements CertificateSource {
        @Override
        public List<Path> files() {
            return List.of(certificate, privateKey);
        }
    }

    /** A PKCS #12 or JKS file; key and file have the same password. */
    record Keystore(Path file, String password) implements CertificateSource {
        @Override
        public List<Path> files() {
            return List.of(file);
        }

        @Override
        public String toString() {
            return "Keystore[" + file + "]";
        }
    }
}
