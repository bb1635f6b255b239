package dev.zeroftpd.command.login;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Passwords that wait, of which each address gets one verified in turn. Guarded by the queue's lock. */
final class Turns {

    private final LinkedHashMap<AddressPrefix, ArrayDeque<Verification>> byAddress = new LinkedHashMap<>();
    private int size;

    void add(Verification verification) {
        byAddress.computeIfAbsent(verification.from(), _ -> new ArrayDeque<>(2)).add(verification);
        size++;
    }

    /** The first one of the address whose turn it is, which then waits for its next turn. */
    Optional<Verification> poll() {
        Iterator<Map.Entry<AddressPrefix, ArrayDeque<Verification>>> addresses =
                byAddress.entrySet().iterator();
        if (!addresses.hasNext()) {
            return Optional.empty();
        }
        Map.Entry<AddressPrefix, ArrayDeque<Verification>> first = addresses.next();
        ArrayDeque<Verification> same = first.getValue();
        AddressPrefix from = first.getKey();
        addresses.remove();
        Verification head = same.remove();
        if (!same.isEmpty()) {
            byAddress.put(from, same);
        }
        size--;
        return Optional.of(head);
    }

    boolean remove(Verification verification) {
        ArrayDeque<Verification> same = byAddress.get(verification.from());
        if (same == null || !same.remove(verification)) {
            return false;
        }
        if (same.isEmpty()) {
            byAddress.remove(verification.from());
        }
        size--;
        return true;
    }

    int size() {
        return size;
    }
}
