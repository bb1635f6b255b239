package dev.zeroftpd.users;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.users.certificate.AcceptedCertificates;
import dev.zeroftpd.users.limit.LoginRules;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.UserManager;

/**
 * Reads from where, until when and how an account can be used, but for its password. One thread.
 *
 * @param shared what lines of groups mean, which other accounts may have in common with this one
 */
record LoginLines(EffectiveLines lines, Findings findings, GroupValues shared) {

    /** Reports what is wrong in the lines of a group, whether or not it has members. */
    void lookAt() {
        rules();
        lines.find(AccountKey.CERTIFICATE).ifPresent(this::certificates);
    }

    LoginRules rules() {
        return new LoginRules(
                lines.find(AccountKey.ALLOW_FROM).map(this::ranges).orElse(List.of()),
                lines.find(AccountKey.EXPIRES).flatMap(this::end),
                lines.find(AccountKey.TLS).map(this::requiresTls).orElse(false));
    }

    /** Those that stand for an account. */
    AcceptedCertificates certificates() {
        Optional<EffectiveLines.Line> line = lines.find(AccountKey.CERTIFICATE);
        if (line.isPresent() && lines.name().equals(UserManager.ANONYMOUS)) {
            findings.report(
                    line.get().entry(),
                    line.get().key() + ": " + UserManager.ANONYMOUS + " is for all, and can have no certificate",
                    "remove it, or give the account another name");
        }
        return line.map(this::certificates).orElse(AcceptedCertificates.NONE);
    }

    private AcceptedCertificates certificates(EffectiveLines.Line line) {
        try {
            return AcceptedCertificates.parse(line.stripped());
        } catch (IllegalArgumentException e) {
            findings.reportValue(line.entry(), line.key() + ": " + e.getMessage(), AcceptedCertificates.HOW_TO_WRITE);
            return AcceptedCertificates.NONE;
        }
    }

    private List<AddressRange> ranges(EffectiveLines.Line line) {
        return shared.ranges(line, () -> rangesOf(line));
    }

    private List<AddressRange> rangesOf(EffectiveLines.Line line) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String part : line.value().split(",", -1)) {
            try {
                ranges.add(AddressRange.parse(part.strip()));
            } catch (IllegalArgumentException e) {
                findings.reportValue(
                        line.entry(),
                        line.key() + ": "
                                + (part.isBlank() ? "an address is missing" : part.strip() + " is no address"),
                        "write addresses or ranges such as 192.0.2.0/24,2001:db8::/32");
            }
        }
        return List.copyOf(ranges);
    }

    /** A day is the last one, as this machine's time zone has it. */
    private Optional<Instant> end(EffectiveLines.Line line) {
        String written = line.stripped();
        if (written.equals("never")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    written.contains("T")
                            ? OffsetDateTime.parse(written).toInstant()
                            : LocalDate.parse(written)
                                    .plusDays(1)
                                    .atStartOfDay(ZoneId.systemDefault())
                                    .toInstant());
        } catch (DateTimeException e) {
            findings.reportValue(
                    line.entry(),
                    line.key() + "=" + written + " is no day",
                    "write the last day, such as 2027-01-31, or a moment, such as 2027-01-31T18:00:00Z, or never");
            return Optional.empty();
        }
    }

    private boolean requiresTls(EffectiveLines.Line line) {
        String written = line.stripped();
        if (!written.equals("required") && !written.equals("optional")) {
            findings.reportValue(
                    line.entry(), line.key() + "=" + written + " is unknown", "write required or optional");
        }
        return written.equals("required");
    }
}
