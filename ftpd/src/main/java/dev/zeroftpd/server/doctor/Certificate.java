package dev.zeroftpd.server.doctor;

import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The certificate that clients get now, and the one that a reload would read. Immutable; reads files.
 *
 * @param serving empty without TLS
 */
public record Certificate(TlsSettings settings, Optional<TlsContexts> serving, Instant now)
        implements Doctor.Examination {

    /** Programs that renew certificates do so a month before their end, or when a third of a short life is left. */
    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public String about() {
        return "certificate";
    }

    @Override
    public void look(Findings found) {
        serving.ifPresentOrElse(
                contexts -> {
                    List<X509Certificate> served = contexts.certificates();
                    served.forEach(each -> dates(each, found));
                    renewed(served, found);
                },
                () -> found.doubtful(
                        "there is none: passwords and files go in clear; set tls.certificate and tls.key"));
    }

    private void dates(X509Certificate certificate, Findings found) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        String name = "that of " + certificate.getSubjectX500Principal();
        if (end.isBefore(now)) {
            found.wrong(name + " expired at " + end + ": clients refuse it");
        } else if (from.isAfter(now)) {
            found.wrong(name + " is not valid before " + from + ": clients refuse it");
        } else if (end.isBefore(now.plus(SOON))) {
            found.doubtful(name + " expires soon, at " + end + ": renew it, then \"ftpd reload\"");
        } else {
            found.fine(name + " is valid until " + end);
        }
    }

    private void renewed(List<X509Certificate> served, Findings found) {
        try {
            if (!TlsContexts.load(settings).certificates().equals(served)) {
                found.doubtful("its file has another one than clients get: \"ftpd reload\" takes it");
            }
        } catch (ConfigException e) {
            found.doubtful("a reload or restart would not get one, because " + e.getMessage()
                    + ": let the server's user read certificate and key");
        }
    }
}
