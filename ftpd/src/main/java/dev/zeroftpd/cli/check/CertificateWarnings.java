package dev.zeroftpd.cli.check;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Tells which certificates clients will refuse for their dates. Stateless; any thread. */
final class CertificateWarnings {

    /** Programs that renew certificates do so a month before their end, or when a third of a short life is left. */
    private static final Duration SOON = Duration.ofDays(14);

    private CertificateWarnings() {}

    static List<String> of(Collection<X509Certificate> certificates, Instant now) {
        List<String> lines = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant end = certificate.getNotAfter().toInstant();
            String name = "the certificate of " + certificate.getSubjectX500Principal();
            if (end.isBefore(now)) {
                lines.add(name + " expired at " + end + ": clients refuse it");
            } else if (from.isAfter(now)) {
                lines.add(name + " is not valid before " + from + ": clients refuse it");
            } else if (end.isBefore(now.plus(SOON))) {
                lines.add(name + " expires soon, at " + end);
            }
        }
        return lines;
    }
}
