package dev.zeroftpd.admin.page.source;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the transfers that have ended are wanted. Immutable; any thread. Empty texts let all pass.
 *
 * @param user a part of the account's name, in lower case
 * @param path a part of the path, in lower case
 * @param outcome one word, or {@value #FAILED_ANY}
 */
public record TransferFilter(String user, String path, String outcome, String way, String reason, String direction) {

    /** Lets all pass. */
    public static final TransferFilter ALL = new TransferFilter("", "", "", "", "", "");

    /** The fields that a browser may say. */
    public static final Set<String> FIELDS = Set.of("user", "path", "outcome", "way", "reason", "direction");

    private static final String FAILED_ANY = "failed-any";

    private static final String COMPLETED = "completed";

    public static TransferFilter of(Asked asked) throws BadRequest {
        return new TransferFilter(
                asked.text("user").orElse("").toLowerCase(Locale.ROOT),
                asked.text("path").orElse("").toLowerCase(Locale.ROOT),
                asked.text("outcome").orElse(""),
                asked.text("way").orElse(""),
                asked.text("reason").orElse(""),
                asked.text("direction").orElse(""));
    }

    boolean passes(EndedTransfer transfer) {
        return contains(transfer.user(), user)
                && contains(transfer.path(), path)
                && is(transfer.direction(), direction)
                && isOutcome(transfer.outcome())
                && isWay(transfer.way(), transfer.reason());
    }

    private static boolean contains(String text, String part) {
        return part.isEmpty() || text.toLowerCase(Locale.ROOT).contains(part);
    }

    private static boolean is(String word, String wanted) {
        return wanted.isEmpty() || word.equals(wanted);
    }

    private boolean isOutcome(String word) {
        return outcome.equals(FAILED_ANY) ? !word.equals(COMPLETED) : is(word, outcome);
    }

    /** A refused one has the reason of that, and no way. */
    private boolean isWay(@Nullable String taken, @Nullable String why) {
        return is(taken == null ? "" : taken, way) && is(taken == null || why == null ? "" : why, reason);
    }
}
