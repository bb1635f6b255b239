package dev.zeroftpd.server.doctor;

import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.operator.Finding;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The certificate that clients get now, and the one that a reload would read. Immutable; reads files.
 *
 * @param serving empty without TLS
 */
public record Certificate(TlsSettings settings, Optional<TlsContexts> serving, Instant now)
        implements Doctor.Examination {

    private static final String ABOUT = "certificate";

    /** Programs that renew certificates do so a month before their end, or when a third of a short life is left. */
    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public String about() {
        return ABOUT;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        serving.ifPresent(contexts -> {
            List<X509Certificate> served = contexts.certificates();
            served.forEach(each -> found.add(dates(each)));
            found.addAll(renewed(served));
        });
        if (serving.isEmpty()) {
            found.add(Finding.doubtful(
                    ABOUT, "there is none: passwords and files go in clear; set tls.certificate and tls.key"));
        }
        return found;
    }

    private Finding dates(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        String name = "that of " + certificate.getSubjectX500Principal();
        if (end.isBefore(now)) {
            return Finding.wrong(ABOUT, name + " expired at " + end + ": clients refuse it");
        } else if (from.isAfter(now)) {
            return Finding.wrong(ABOUT, name + " is not valid before " + from + ": clients refuse it");
        } else if (end.isBefore(now.plus(SOON))) {
            return Finding.doubtful(ABOUT, name + " expires soon, at " + end + ": renew it, then \"ftpd reload\"");
        }
        return Finding.fine(ABOUT, name + " is valid until " + end);
    }

    private List<Finding> renewed(List<X509Certificate> served) {
        try {
            return TlsContexts.load(settings).certificates().equals(served)
                    ? List.of()
                    : List.of(Finding.doubtful(
                            ABOUT, "its file has another one than clients get: \"ftpd reload\" takes it"));
        } catch (ConfigException e) {
            return List.of(Finding.doubtful(
                    ABOUT,
                    "a reload or restart would not get one, because " + e.getMessage()
                            + ": let the server's user read certificate and key"));
        }
    }
}
