package dev.zeroftpd.server;

import dev.zeroftpd.config.reader.SettingTexts;
import java.util.List;
import java.util.Set;

/** Says which changed settings a running server can't apply. Stateless. */
final class RestartNeeds {

    /** Beginnings of the keys that take effect at once. */
    private static final Set<String> APPLIED =
            Set.of("limits.", "ban.", "bandwidth.", "transfer.stall-timeout", "admin.metrics-token-file");

    /** The same in the first listener and in further ones. */
    private static final Set<String> APPLIED_ENDS = Set.of(".greeting-file", ".welcome-file");

    private static final Set<String> BUT_NOT = Set.of("limits.login-failures");

    private RestartNeeds() {}

    /** Those of {@code changes} that take effect when the server is restarted. */
    static List<SettingTexts.Change> among(List<SettingTexts.Change> changes) {
        return changes.stream().filter(change -> waits(change.key())).toList();
    }

    /** Those of {@code changes} that a running server applies. */
    static List<SettingTexts.Change> notAmong(List<SettingTexts.Change> changes) {
        return changes.stream().filter(change -> !waits(change.key())).toList();
    }

    private static boolean waits(String key) {
        return BUT_NOT.contains(key)
                || (APPLIED.stream().noneMatch(key::startsWith)
                        && APPLIED_ENDS.stream().noneMatch(key::endsWith));
    }
}
