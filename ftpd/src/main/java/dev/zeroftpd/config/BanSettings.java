package dev.zeroftpd.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * When addresses that guess passwords are kept out, and for how long. Immutable; any thread.
 *
 * @param failures different wrong passwords that are too many; with a count of 0 there are no bans for them
 * @param time the first ban of an address
 * @param longest each further one is twice as long as the one before, up to this
 * @param allow addresses that are never banned, and whose failed logins are answered without growing delays
 * @param names accounts that only strangers ask for: logging in as one of them is a ban
 */
public record BanSettings(
        FailureRate failures, Duration time, Duration longest, List<AddressRange> allow, Set<String> names) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a time is not positive, or the first ban is longer than the longest
     */
    public BanSettings {
        Ranges.duration("ban.time", time, Duration.ofMillis(1));
        Ranges.duration("ban.time-max", longest, time);
        allow = List.copyOf(allow);
        names = Set.copyOf(names);
    }

    /** True if there is a reason to ban anyone. */
    public boolean enabled() {
        return failures.count() > 0 || !names.isEmpty();
    }

    public boolean allows(InetAddress address) {
        return allow.stream().anyMatch(range -> range.contains(address));
    }
}
