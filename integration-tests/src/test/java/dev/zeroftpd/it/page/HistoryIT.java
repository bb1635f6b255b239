package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The numbers of the last day. */
class HistoryIT {

    private static final ServerOptions OPTIONS =
            ServerOptions.standard().with("admin.http", "127.0.0.1:0").with("state.directory", "state");

    /** A point has the samples of a minute that is over. */
    private static final Duration TWO_POINTS = Duration.ofMinutes(3);

    @RegisterExtension
    private final RunningServer server = RunningServer.with(OPTIONS);

    private static List<?> column(Map<String, Object> history, String name) {
        return (List<?>) Objects.requireNonNull(history.get(name), name);
    }

    private static long known(Map<String, Object> history, String column) {
        return column(history, column).stream().filter(Objects::nonNull).count();
    }

    private Map<String, Object> history() throws IOException {
        Browser.Answer answer = Browser.signedIn(server, "viewer").get("api/history");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void outlivesARestart() throws IOException {
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE)) {
            await().atMost(TWO_POINTS)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(
                            () -> assertThat(known(history(), "sessions")).isPositive());
            alice.expect(200, "NOOP");
        }
        Map<String, Object> before = history();
        assertThat(before).containsEntry("step_seconds", 60).containsEntry("kept_seconds", 86_400);
        assertThat(column(before, "time")).hasSize(1440);
        assertThat(column(before, "sessions")).hasSize(1440);
        long points = known(before, "sessions");
        server.restart(OPTIONS);
        assertThat(known(history(), "sessions")).isGreaterThanOrEqualTo(points);
        assertThat(column(history(), "sessions").stream().anyMatch(Integer.valueOf(1)::equals))
                .isTrue();
    }
}
