package dev.zeroftpd.command;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;

/**
 * Verbs that standards and drafts define and that are refused on purpose, each with its reason: 502, which says "known,
 * but not here", where other verbs get 500. Immutable; any thread.
 */
final class NotOffered {

    private static final String WHOLE_CONNECTION = "TLS protects the whole connection, not single messages.";

    private static final Map<String, String> REASONS = Map.of(
            "SMNT", "There is nothing to mount.",
            "MFCT", "A file's creation time cannot be changed.",
            "MMD5", "Use HASH instead.",
            "ADAT", "AUTH TLS needs no further data.",
            "MIC", WHOLE_CONNECTION,
            "CONF", WHOLE_CONNECTION,
            "ENC", WHOLE_CONNECTION,
            "LPRT", "Use EPRT instead.",
            "LPSV", "Use EPSV instead.");

    private NotOffered() {}

    static Map<String, Command> all() {
        return REASONS.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        refused -> new FixedReply(FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED, refused.getValue())));
    }

    /** Why {@code verb} is refused; empty if it is not one of these. */
    static Optional<String> reason(String verb) {
        return Optional.ofNullable(REASONS.get(verb));
    }
}
