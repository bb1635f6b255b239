package dev.zeroftpd.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the page says of the server's health: what is wrong comes first, with what to do about it. */
class HealthTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static Vitals vitals(Duration certificate, int ports, long waiting, int sessions) {
        return vitals(certificate, ports, waiting, sessions, true);
    }

    private static Vitals vitals(Duration certificate, int ports, long waiting, int sessions, boolean accountsRight) {
        return new Vitals(
                Map.of("", NOW.plus(certificate)),
                ports,
                OptionalInt.of(100),
                OptionalLong.of(waiting),
                Map.of("io", 2L),
                sessions,
                100,
                accountsRight);
    }

    private static Map<String, @Nullable Object> health(Vitals vitals) {
        return Health.of(vitals, null, false, NOW);
    }

    private static List<?> findings(Map<String, @Nullable Object> health) {
        return (List<?>) Objects.requireNonNull(health.get("findings"));
    }

    private static List<String> all(Map<String, @Nullable Object> health, String field) {
        return findings(health).stream()
                .map(each -> String.valueOf(((Map<?, ?>) each).get(field)))
                .toList();
    }

    private static Map<?, ?> finding(Map<String, @Nullable Object> health, String about) {
        return findings(health).stream()
                .map(each -> (Map<?, ?>) each)
                .filter(each -> about.equals(each.get("about")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsToBeDoneWhereAllIsWell() {
        Map<String, @Nullable Object> health = health(vitals(Duration.ofDays(90), 10, 3, 5));

        assertThat(health).containsEntry("state", "serving").containsEntry("hook_queue", 3L);
        assertThat(all(health, "severity")).containsOnly("fine");
        assertThat(all(health, "remedy")).containsOnly("null");
        assertThat(finding(health, "certificate").get("text")).isEqualTo("ends in 90 days, on 2026-08-30");
    }

    @Test
    void whatIsWrongComesFirstAndSaysWhatToDo() {
        Map<String, @Nullable Object> health = health(vitals(Duration.ofDays(-1), 97, 1001, 85));

        assertThat(all(health, "severity"))
                .startsWith("wrong", "wrong", "doubtful", "doubtful")
                .endsWith("fine");
        assertThat(finding(health, "certificate").get("text")).asString().startsWith("has ended on ");
        assertThat(finding(health, "certificate").get("remedy")).asString().startsWith("Renew it");
        assertThat(finding(health, "passive ports").get("text")).isEqualTo("97 of 100 in use");
        assertThat(finding(health, "passive ports").get("severity")).isEqualTo("wrong");
        assertThat(finding(health, "passive ports").get("remedy")).asString().contains("passive.ports");
        assertThat(finding(health, "sessions").get("remedy")).asString().contains("limits.sessions");
        assertThat(finding(health, "hooks").get("remedy")).asString().contains("ftpd hook test");
    }

    @Test
    void accountsThatCouldNotBeReadAreWrong() {
        Map<String, @Nullable Object> health = health(vitals(Duration.ofDays(90), 10, 3, 5, false));

        assertThat(all(health, "severity")).startsWith("wrong", "fine");
        assertThat(finding(health, "accounts").get("text")).asString().contains("those of before");
        assertThat(finding(health, "accounts").get("remedy")).asString().contains("ftpd check");
    }

    @Test
    void aReloadThatFailedIsWrong() {
        Map<String, @Nullable Object> reload = Map.of("ok", false, "text", "line 7 of ftpd.properties");

        Map<String, @Nullable Object> health = Health.of(vitals(Duration.ofDays(90), 1, 0, 1), reload, true, NOW);

        assertThat(health).containsEntry("state", "draining");
        assertThat(finding(health, "reload").get("severity")).isEqualTo("wrong");
        assertThat(finding(health, "reload").get("text")).isEqualTo("line 7 of ftpd.properties");
        assertThat(finding(health, "reload").get("remedy")).asString().endsWith("ftpd reload");
    }
}
