package dev.zeroftpd.command.login;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that wait, of which each IPv6 site, and each address in it, gets one verified in turn. Guarded by the queue's
 * lock.
 */
final class Turns {

    /** The passwords from one site, which is one address where it is no IPv6 site; never empty while it has turns. */
    private static final class Site {
        private final LinkedHashMap<AddressPrefix, ArrayDeque<Verification>> byAddress = new LinkedHashMap<>(2);

        void add(Verification verification) {
            byAddress
                    .computeIfAbsent(verification.from(), _ -> new ArrayDeque<>(2))
                    .add(verification);
        }

        Verification take() {
            Map.Entry<AddressPrefix, ArrayDeque<Verification>> first = byAddress.pollFirstEntry();
            Verification head = first.getValue().remove();
            if (!first.getValue().isEmpty()) {
                byAddress.put(first.getKey(), first.getValue());
            }
            return head;
        }

        boolean remove(Verification verification) {
            @Nullable ArrayDeque<Verification> same = byAddress.get(verification.from());
            if (same == null || !same.remove(verification)) {
                return false;
            }
            if (same.isEmpty()) {
                byAddress.remove(verification.from());
            }
            return true;
        }

        boolean isEmpty() {
            return byAddress.isEmpty();
        }
    }

    private final LinkedHashMap<AddressPrefix, Site> sites = new LinkedHashMap<>();
    private int size;

    void add(Verification verification) {
        sites.computeIfAbsent(verification.from().site(), _ -> new Site()).add(verification);
        size++;
    }

    /** The first one of the address whose turn it is, which then waits for its next turn, as its site does. */
    Optional<Verification> poll() {
        if (sites.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<AddressPrefix, Site> first = sites.pollFirstEntry();
        Verification head = first.getValue().take();
        if (!first.getValue().isEmpty()) {
            sites.put(first.getKey(), first.getValue());
        }
        size--;
        return Optional.of(head);
    }

    boolean remove(Verification verification) {
        AddressPrefix key = verification.from().site();
        @Nullable Site site = sites.get(key);
        if (site == null || !site.remove(verification)) {
            return false;
        }
        if (site.isEmpty()) {
            sites.remove(key);
        }
        size--;
        return true;
    }

    int size() {
        return size;
    }
}
