package dev.zeroftpd.server.page;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What tells how a server is, looked up now. Immutable.
 *
 * @param certificates when they end, by the names that the settings have; the first one has an empty name
 * @param passivePorts how many there may be; empty where the system picks them
 * @param hookQueue events that wait; empty without hooks
 * @param threads by what they are for
 * @param mostSessions 0 for no limit
 * @param accountsRight whether the file of accounts, as it is now, can be used
 */
public record Vitals(
        Map<String, Instant> certificates,
        int busyPassivePorts,
        OptionalInt passivePorts,
        OptionalLong hookQueue,
        Map<String, Long> threads,
        int sessions,
        int mostSessions,
        boolean accountsRight) {}
