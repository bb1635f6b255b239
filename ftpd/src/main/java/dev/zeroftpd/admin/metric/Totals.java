package dev.zeroftpd.admin.metric;

import java.util.Map;

/**
 * What was counted since the start. Immutable; no number is ever less than in an earlier one.
 *
 * @param bytes on data connections, those of running transfers among them
 * @param logins those that succeeded
 * @param failedLogins those that were refused, for whatever reason
 * @param refused connections that got no session, or were sent away before a login
 */
public record Totals(Map<Flow, Long> bytes, long logins, long failedLogins, long refused) {

    public Totals {
        bytes = Map.copyOf(bytes);
    }
}
