package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.Room;

/**
 * What one account may have in a home. Immutable; any thread.
 *
 * @param account whom operators are told of
 * @param bytes {@link Room#UNLIMITED} for no limit; so is {@code files}
 * @param warnPercent of these from which on operators are told, 0 for never
 * @param tellsUsage whether the account may know how much lies there; else it is told limits only
 */
public record QuotaLimits(String account, long bytes, long files, int warnPercent, boolean tellsUsage) {

    private static final int WHOLE = 100;

    /** Whether that much more makes operators hear of it. */
    boolean isCrossed(long limit, long before, long after) {
        if (limit == Room.UNLIMITED || warnPercent == 0) {
            return false;
        }
        long threshold = threshold(limit);
        return before < threshold && after >= threshold;
    }

    boolean isBelowWarning(long limit, long used) {
        return limit == Room.UNLIMITED || used < (warnPercent == 0 ? limit : threshold(limit));
    }

    private long threshold(long limit) {
        return limit / WHOLE * warnPercent + limit % WHOLE * warnPercent / WHOLE;
    }
}
