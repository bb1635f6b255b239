package dev.zeroftpd.control.ban;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is too much guessing, and what follows from it. Immutable; any thread.
 *
 * @param failures different wrong passwords from one address that are a ban; 0: any number is none
 * @param within the time in which they count, and in which each one makes answers slower; zero: there are no penalties at all
 * @param time the first ban of an address
 * @param longest each further one is twice as long, up to this
 * @param allowed addresses that are never punished
 * @param names log-ins as one of these are a ban at once
 */
public record BanRules(
        int failures,
        Duration within,
        Duration time,
        Duration longest,
        Predicate<InetAddress> allowed,
        Set<String> names) {

    /** As embedders expect: no penalties, no bans. */
    public static final BanRules NONE =
            new BanRules(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, _ -> true, Set.of());

    public BanRules {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    boolean areNone() {
        return within.isZero();
    }

    /** True where they are switched off: then none that was made before holds. */
    boolean banNone() {
        return failures == 0 && names.isEmpty();
    }

    boolean isBait(String name) {
        return !names.isEmpty() && names.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * True for addresses that are never punished: those that are allowed, and this machine's own, behind which a proxy or a
     * tunnel has all of its clients. Some system calls.
     */
    boolean trust(InetAddress address) {
        return address.isLoopbackAddress() || allowed.test(address) || isOwn(address);
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
