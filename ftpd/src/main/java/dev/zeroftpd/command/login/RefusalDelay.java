package dev.zeroftpd.command.login;

import dev.zeroftpd.users.AccountUserManager;
import java.time.Duration;
import org.apache.ftpserver.ftplet.UserManager;

/** When a refusal is sent, so that its time doesn't tell which names have accounts. Stateless; any thread. */
final class RefusalDelay {

    /**
     * The latest that a refusal is held back to hide what its hash cost: as long as an expensive hash takes. A cheap one that
     * seemed to take longer has mostly waited for other logins, which is no reason to wait even more.
     */
    private static final Duration LATEST_FOR_HASH = Duration.ofSeconds(2);

    private RefusalDelay() {}

    /**
     * How long a refusal has to wait yet, counted from before the hash was computed. Every refusal takes the delay, or as long
     * as the most expensive hash in the file would have taken, whichever is longer; but no longer than
     * {@link #LATEST_FOR_HASH} for the hash.
     *
     * @param delay of every refusal
     * @param taken since before the hash
     * @return what is left of it
     */
    static Duration left(UserManager users, String name, Duration delay, Duration taken) {
        double dearness = users instanceof AccountUserManager accounts
                ? accounts.elsewhere().dearness(name)
                : 1;
        return left(dearness, delay, taken);
    }

    /**
     * The same where it is known what the hash cost.
     *
     * @param dearness how many times as much the most expensive hash would have cost
     */
    static Duration left(double dearness, Duration delay, Duration taken) {
        long dearest = Math.min((long) (taken.toNanos() * dearness), LATEST_FOR_HASH.toNanos());
        long whole = Math.max(delay.toNanos(), dearest);
        return Duration.ofNanos(Math.max(0, whole - taken.toNanos()));
    }
}
