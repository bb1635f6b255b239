package dev.zeroftpd.dataconnection.tls;

import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.config.file.FileStamp;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.dataconnection.tls.pem.Authorities;
import dev.zeroftpd.dataconnection.tls.pem.CertificateProblem;
import dev.zeroftpd.dataconnection.tls.pem.Certificates;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each new control session its TLS state, made from the certificate and key on disk. Thread-safe.
 *
 * <p>A certificate that was replaced on disk serves the sessions that begin afterwards; those that run keep theirs. A
 * broken replacement is logged and the last good one stays.
 */
public final class TlsContexts {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

    /** How often a new session checks the files: often enough for an operator who waits for a new certificate. */
    private static final long CHECK_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A context serves one control session, whose client resumes its last few sessions only. */
    private static final int CACHED_SESSIONS = 16;

    private final CertificateSource source;
    private final TlsSettings settings;
    private final TlsPolicy policy;
    private final AtomicLong checkedNanos = new AtomicLong(System.nanoTime());
    private volatile Material material;

    private TlsContexts(TlsSettings settings, CertificateSource source) throws ConfigException {
        this.settings = settings;
        this.source = source;
        this.material = loadMaterial();
        SSLParameters supported = material.newContext().getSupportedSSLParameters();
        requireSupport("tls.protocols", settings.offer().protocols(), supported.getProtocols());
        requireSupport("tls.cipher-suites", settings.offer().cipherSuites(), supported.getCipherSuites());
        this.policy =
                TlsPolicy.of(settings.clientCertificates(), settings.offer(), Set.of(supported.getCipherSuites()));
    }

    private static void requireSupport(String key, List<String> wanted, String[] supported) throws ConfigException {
        List<String> missing = wanted.stream()
                .filter(name -> !List.of(supported).contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new ConfigException(new Problem(
                    key,
                    "this Java refuses to use " + String.join(", ", missing),
                    "take it out, or take it out of jdk.tls.disabledAlgorithms in Java's conf/security/java.security"));
        }
    }

    /**
     * Loads and checks the certificate with its key, and the authorities of clients.
     *
     * @throws ConfigException if a file can't be used
     * @throws IllegalArgumentException if the settings name no certificate
     */
    public static TlsContexts load(TlsSettings settings) throws ConfigException {
        if (settings.keystore().isPresent()) {
            String password = settings.keystorePassword().orElse("");
            return new TlsContexts(
                    settings, new CertificateSource.Keystore(settings.keystore().get(), password));
        }
        if (settings.certificate().isEmpty() || settings.privateKey().isEmpty()) {
            throw new IllegalArgumentException("no certificate is configured");
        }
        return new TlsContexts(
                settings,
                new CertificateSource.Pem(
                        settings.certificate().get(), settings.privateKey().get()));
    }

    /** The server's own certificates, as they were loaded last; without their issuers. */
    public List<X509Certificate> certificates() {
        return material.identities().all().stream()
                .flatMap(identity -> identity.certificates().stream())
                .toList();
    }

    /** The TLS state of a control session that begins. */
    public SessionTls newSession() {
        reloadIfChanged();
        Identities identities = material.identities();
        if (identities.all().size() == 1) {
            return SessionTls.of(newContext(), policy, settings.sessionReuse(), _ -> {});
        }
        SessionIdentity identity = new SessionIdentity(identities);
        SSLContext context = material.newContext(identity);
        return SessionTls.of(limitCache(context), policy, settings.sessionReuse(), identity::asked);
    }

    /** When the first of all certificates that new sessions may get expires. */
    public Instant end() {
        return Collections.min(ends().values());
    }

    /** The same by the names that the settings have for them; the first one has an empty name. */
    public Map<String, Instant> ends() {
        return material.identities().ends();
    }

    /** The same for stock code, which asks for a context for each control session. */
    public SslConfiguration sslConfiguration() {
        return new TlsSslConfiguration(this, policy);
    }

    /**
     * One context for many connections of another protocol than FTP: each handshake gets the certificate that holds then, and
     * clients are asked for none.
     */
    public SSLContext lastingContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new CurrentKeys(this::currentKeys)}, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    private X509ExtendedKeyManager currentKeys() {
        reloadIfChanged();
        return material.identities().first().keys();
    }

    /** Protocols and cipher suites of such a connection. */
    public SSLParameters lastingParameters() {
        SSLParameters parameters = new SSLParameters(policy.suites(), policy.protocols());
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    SSLContext newContext() {
        return limitCache(material.newContext());
    }

    private static SSLContext limitCache(SSLContext context) {
        context.getServerSessionContext().setSessionCacheSize(CACHED_SESSIONS);
        return context;
    }

    /**
     * Loads the files again; sessions that run are not affected. Where this fails, the last good state stays, and the log says why.
     *
     * @return what was wrong; empty if the files were loaded
     */
    public Optional<String> reload() {
        try {
            material = loadMaterial();
            return Optional.empty();
        } catch (ConfigException e) {
            LOG.warn("Kept the last good certificate: {}", e.getMessage());
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void reloadIfChanged() {
        long now = System.nanoTime();
        long last = checkedNanos.get();
        if (now - last < CHECK_INTERVAL_NANOS || !checkedNanos.compareAndSet(last, now)) {
            return;
        }
        List<FileStamp> stamps = stamps();
        if (stamps.equals(material.stamps())) {
            return;
        }
        if (reload().isEmpty()) {
            LOG.info("Loaded the changed certificate {}", files());
        } else {
            material = material.withStamps(stamps);
        }
    }

    private Material loadMaterial() throws ConfigException {
        List<FileStamp> stamps = stamps(); // before loading: what changes meanwhile is seen at the next check
        return new Material(Identities.load(source, settings), trustManagers(), stamps);
    }

    private List<FileStamp> stamps() {
        return settings.files().map(FileStamp::of).toList();
    }

    private List<Path> files() {
        return settings.files()
                .filter(file -> !Optional.of(file).equals(settings.clientAuthorities()))
                .toList();
    }

    private List<TrustManager> trustManagers() throws ConfigException {
        if (settings.clientAuthorities().isEmpty()) {
            return List.of();
        }
        Path file = settings.clientAuthorities().get();
        try {
            return List.of(Authorities.trusting(Certificates.read(file)));
        } catch (GeneralSecurityException | IOException e) {
            throw CertificateProblem.of(
                    file, "can't be used as authorities: " + FailureReason.of(e), "give PEM certificates", e);
        }
    }

    /** What is loaded at one time. */
    private record Material(Identities identities, List<TrustManager> trustManagers, List<FileStamp> stamps) {
        SSLContext newContext() {
            return newContext(identities.first().keyManagers());
        }

        SSLContext newContext(KeyManager... keys) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                // none trusts nothing; null would trust the public authorities, which Java would look up each time
                context.init(keys, trustManagers.toArray(TrustManager[]::new), null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK has no TLS", e);
            }
        }

        Material withStamps(List<FileStamp> newStamps) {
            return new Material(identities, trustManagers, newStamps);
        }
    }
}
