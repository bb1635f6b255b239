package dev.zeroftpd.server.doctor;

import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.os.Quantity;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the sessions are spread over addresses: behind a NAT or a load balancer all have one. Immutable.
 *
 * @param mostPerAddress limits.sessions-per-address; 0 for no limit
 */
public record Crowd(ControlConnections sessions, int mostPerAddress) implements Doctor.Examination {

    /** Of a few sessions, one client often has most. */
    private static final int FEW = 10;

    @Override
    public String about() {
        return "sessions";
    }

    @Override
    public void look(Findings found) {
        Map<AddressPrefix, Long> counts = sessions.open().stream()
                .map(ControlConnection::view)
                .flatMap(Optional<SessionView>::stream)
                .map(view -> sessions.prefixOf(view.address()))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(largest -> all >= FEW && 2 * largest.getValue() > all)
                .ifPresentOrElse(
                        largest -> found.doubtful(largest.getKey() + " has " + largest.getValue() + " of " + all
                                + ": if that is a NAT or a load balancer with many clients behind it, raise"
                                + " limits.sessions-per-address" + limit()
                                + " and name it in ban.allow, or one client's wrong passwords keep all of them out"),
                        () -> found.fine(Quantity.of(all, "session") + " now, no crowd from one address"));
    }

    private String limit() {
        return mostPerAddress == 0 ? "" : " (" + mostPerAddress + ")";
    }
}
