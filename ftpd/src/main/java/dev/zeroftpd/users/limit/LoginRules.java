package dev.zeroftpd.users.limit;

import dev.zeroftpd.config.AddressRange;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * From where, until when and how protected an account may be used. Immutable; any thread.
 *
 * @param allowFrom empty for every address
 * @param expires the first moment at which it can't be used any more; empty for never
 * @param tlsRequired whether its control connection has to be encrypted
 */
public record LoginRules(List<AddressRange> allowFrom, Optional<Instant> expires, boolean tlsRequired) {

    public LoginRules {
        allowFrom = List.copyOf(allowFrom);
    }

    public boolean allowsFrom(InetAddress address) {
        return allowFrom.isEmpty() || allowFrom.stream().anyMatch(range -> range.contains(address));
    }

    public boolean isExpiredAt(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }
}
