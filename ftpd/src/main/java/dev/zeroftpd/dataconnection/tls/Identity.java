package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.dataconnection.tls.pem.CertificateProblem;
import dev.zeroftpd.dataconnection.tls.pem.Certificates;
import dev.zeroftpd.dataconnection.tls.pem.DerPrivateKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/**
 * What the server proves itself with: private keys and certificate chains, loaded and checked to belong together.
 * Immutable.
 */
final class Identity {
    /** The password of a keystore that lives in memory only. */
    private static final char[] IN_MEMORY = "in-memory".toCharArray();

    /** Of the alternatives for names in RFC 5280, section 4.2.1.6. */
    private static final Integer DNS_NAME = 2;

    private final KeyManager[] keyManagers;
    private final List<X509Certificate> certificates;
    private final Set<String> hostNames;
    private final Instant end;

    private Identity(KeyStore keys, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        this.keyManagers = factory.getKeyManagers();
        this.end = end(keys);
        List<X509Certificate> ofKeys = new ArrayList<>();
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.isKeyEntry(alias) && keys.getCertificate(alias) instanceof X509Certificate certificate) {
                ofKeys.add(certificate);
            }
        }
        this.certificates = List.copyOf(ofKeys);
        this.hostNames = hostNames(ofKeys);
    }

    /** RFC 9525, section 6.1: only those in subjectAltName count. */
    private static Set<String> hostNames(List<X509Certificate> certificates) throws GeneralSecurityException {
        Set<String> names = new HashSet<>();
        for (X509Certificate certificate : certificates) {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (alternative.getFirst().equals(DNS_NAME) && alternative.getLast() instanceof String name) {
                    names.add(name.toLowerCase(Locale.ROOT));
                }
            }
        }
        return Set.copyOf(names);
    }

    /** Those that the certificates are for, in lower case; some may begin with {@code *.}. */
    Set<String> hostNames() {
        return hostNames;
    }

    /** Those of the server itself, without their issuers. */
    List<X509Certificate> certificates() {
        return certificates;
    }

    static Identity load(CertificateSource source) throws ConfigException {
        return switch (source) {
            case CertificateSource.Pem pem -> loadPem(pem);
            case CertificateSource.Keystore keystore -> loadKeystore(keystore);
        };
    }

    /** When the first certificate of all chains expires; never, if they have none. */
    Instant end() {
        return end;
    }

    @SuppressWarnings("JavaUtilDate") // of X.509 in Java
    private static Instant end(KeyStore keys) throws KeyStoreException {
        Instant first = Instant.MAX;
        for (String alias : Collections.list(keys.aliases())) {
            Certificate @Nullable [] chain = keys.isKeyEntry(alias) ? keys.getCertificateChain(alias) : null;
            for (Certificate certificate : chain == null ? new Certificate[0] : chain) {
                if (certificate instanceof X509Certificate x509
                        && x509.getNotAfter().toInstant().isBefore(first)) {
                    first = x509.getNotAfter().toInstant();
                }
            }
        }
        return first;
    }

    /** What chooses among them in a handshake. */
    X509ExtendedKeyManager keys() {
        for (KeyManager keys : keyManagers) {
            if (keys instanceof X509ExtendedKeyManager ofCertificates) {
                return ofCertificates;
            }
        }
        throw new IllegalStateException("the JDK's key managers are of X.509 certificates");
    }

    KeyManager[] keyManagers() {
        return keyManagers.clone();
    }

    private static Identity loadPem(CertificateSource.Pem pem) throws ConfigException {
        List<X509Certificate> certificates = Certificates.read(pem.certificate());
        PemObject keyBlock = keyBlock(pem.privateKey());
        for (X509Certificate certificate : certificates) {
            try {
                PrivateKey key = decode(keyBlock, certificate.getPublicKey());
                if (belongTogether(key, certificate.getPublicKey())) {
                    List<X509Certificate> chain = Certificates.chain(certificate, certificates);
                    return inMemory(key, chain);
                }
            } catch (GeneralSecurityException ignored) {
                // A key of another algorithm: it belongs to another certificate of the file, or to none.
            }
        }
        throw CertificateProblem.of(
                pem.privateKey(),
                "does not hold the private key of a certificate in " + pem.certificate(),
                "give the key that the certificate was requested with");
    }

    private static PemObject keyBlock(Path file) throws ConfigException {
        for (PemObject block : Certificates.blocks(file)) {
            if (block.getType().endsWith("PRIVATE KEY")) {
                if (!block.getHeaders().isEmpty() || block.getType().startsWith("ENCRYPTED")) {
                    throw CertificateProblem.of(
                            file,
                            "is encrypted",
                            "decrypt it with 'openssl pkey -in KEY -out PLAIN', or use a keystore with a password");
                }
                return block;
            }
        }
        throw CertificateProblem.of(file, "contains no private key", "give a PEM file with a BEGIN PRIVATE KEY line");
    }

    private static PrivateKey decode(PemObject block, PublicKey publicKey) throws GeneralSecurityException {
        return switch (block.getType()) {
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> DerPrivateKey.bare(block.getContent(), publicKey);
            default -> DerPrivateKey.pkcs8(block.getContent(), publicKey);
        };
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (publicKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> publicKey.getAlgorithm();
                });
        byte[] probe = publicKey.getEncoded();
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false; // a key of another length
        }
    }

    private static Identity inMemory(PrivateKey key, List<X509Certificate> chain) throws ConfigException {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, IN_MEMORY);
            keys.setKeyEntry("server", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
            return new Identity(keys, IN_MEMORY);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a keystore in memory refused a checked key", e);
        }
    }

    private static Identity loadKeystore(CertificateSource.Keystore source) throws ConfigException {
        Path file = source.file();
        char[] password = source.password().toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            // The default type reads PKCS #12 and JKS alike.
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            boolean anyKey = false;
            for (String alias : Collections.list(keys.aliases())) {
                anyKey |= keys.isKeyEntry(alias);
            }
            if (!anyKey) {
                throw CertificateProblem.of(
                        file, "contains no private key", "import the certificate together with its key");
            }
            return new Identity(keys, password);
        } catch (NoSuchFileException e) {
            throw CertificateProblem.of(file, "does not exist", "give the path of a keystore", e);
        } catch (IOException e) {
            boolean wrongPassword = e.getCause() instanceof UnrecoverableKeyException;
            throw wrongPassword ? wrongPassword(file, e) : unreadable(file, e);
        } catch (UnrecoverableKeyException e) {
            throw wrongPassword(file, e);
        } catch (GeneralSecurityException e) {
            throw unreadable(file, e);
        }
    }

    private static ConfigException wrongPassword(Path file, Exception cause) {
        return CertificateProblem.of(
                file, "can't be opened with this password", "correct tls.keystore-password", cause);
    }

    private static ConfigException unreadable(Path file, Exception cause) {
        return CertificateProblem.of(
                file,
                "is no keystore, or a damaged one",
                "give a PKCS #12 or JKS file, or set tls.certificate to a PEM file",
                cause);
    }
}
