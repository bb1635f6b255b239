package dev.zeroftpd.server;

import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells in time that the certificate is going to expire: 30, 7 and 1 day before, and when it has. Looks at it whenever it is
 * asked to. Any thread.
 */
final class CertificateWatch {

    /** How often it should look. */
    static final Duration INTERVAL = Duration.ofHours(1);

    private static final List<Duration> WARNINGS =
            List.of(Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(1), Duration.ZERO);

    private final String certificate;
    private final Supplier<Instant> end;
    private final Events events;
    private final InstantSource clock;
    private Instant toldOf = Instant.MIN;
    private int told;

    /**
     * @param name what the settings call the certificate; empty for the only or first one
     * @param end when the certificate that is used now expires
     */
    CertificateWatch(String name, Supplier<Instant> end, Events events, InstantSource clock) {
        this.certificate = name.isEmpty() ? "The certificate" : "The certificate tls." + name;
        this.end = end;
        this.events = events;
        this.clock = clock;
    }

    synchronized void look() {
        Instant now = end.get();
        if (!now.equals(toldOf)) {
            toldOf = now;
            told = 0;
        }
        Duration left = Duration.between(clock.instant(), now);
        int due = (int) WARNINGS.stream()
                .filter(warning -> left.compareTo(warning) <= 0)
                .count();
        if (due > told) {
            told = due;
            events.publish(EventKind.CERTIFICATE_EXPIRING, text(now, left));
        }
    }

    private String text(Instant end, Duration left) {
        if (left.isNegative() || left.isZero()) {
            return certificate + " has expired, at " + end + ": replace it, clients refuse it";
        }
        long days = left.toDays();
        String when = switch ((int) Math.min(days, 2)) {
            case 0 -> "within a day";
            case 1 -> "in a day";
            default -> "in " + days + " days";
        };
        return certificate + " expires " + when + ", at " + end;
    }
}
