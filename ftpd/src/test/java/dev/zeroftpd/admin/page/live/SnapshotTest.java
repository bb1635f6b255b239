package dev.zeroftpd.admin.page.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.admin.metric.Totals;
import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.control.view.TransferView;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final int SESSIONS = 10_000;

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static final Snapshot SNAPSHOT = snapshot();

    private static Snapshot snapshot() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            rows.add(new Row(view(i), i % 100, AddressPrefix::new));
        }
        return new Snapshot(
                NOW,
                0,
                rows,
                new Snapshot.Counts(SESSIONS, 0, SESSIONS / 10, 0, 0, false),
                new Totals(Map.of(), 0, 0, 0),
                (user, group) -> user.endsWith(group));
    }

    private static SessionView view(int number) {
        Optional<TransferView> transfer = number % 10 == 0
                ? Optional.of(new TransferView(
                        "RETR",
                        "/pub/File-" + number,
                        number,
                        OptionalLong.empty(),
                        Duration.ofSeconds(1),
                        Optional.of(number % 20 == 0 ? Way.zeroCopy() : Way.streamed(StreamReason.TLS))))
                : Optional.empty();
        return new SessionView(
                "s-" + number,
                number % 1000 == 7 ? Optional.empty() : Optional.of("user" + number),
                InetAddress.ofLiteral("192.0.2." + number % 256),
                false,
                NOW.minusSeconds(SESSIONS - number),
                Duration.ofSeconds(number),
                Optional.of("/"),
                transfer);
    }

    private static List<Row> select(String sort, boolean descending, String filter) {
        return SNAPSHOT.select(new Query(Optional.empty(), sort, descending, filter));
    }

    @Test
    void sortsAndWhatHasNoValueComesLast() {
        assertThat(select(Query.SINCE, false, "").getFirst().id()).isEqualTo("s-0");
        assertThat(select(Query.SINCE, true, "").getFirst().id()).isEqualTo("s-9999");
        assertThat(select("rate", true, "").getFirst().rate()).isEqualTo(99);
        assertThat(select("rate", true, "").getFirst().id()).isEqualTo("s-99"); // the oldest of the equal ones
        assertThat(select("bytes", true, "").getFirst().id()).isEqualTo("s-9990");
        assertThat(select("idle", true, "").getFirst().id()).isEqualTo("s-9999");
        assertThat(select("user", false, "").getFirst().id()).isEqualTo("s-0");
        assertThat(select("user", true, "").getFirst().id()).isEqualTo("s-9999");
        for (boolean descending : List.of(true, false)) {
            assertThat(select("user", descending, "").getLast().view().user()).isEmpty();
        }
        assertThat(select("user", false, "")).hasSize(SESSIONS);
    }

    @Test
    void filters() {
        assertThat(select(Query.SINCE, false, "USER123")).hasSize(11);
        assertThat(select(Query.SINCE, false, "file-99")).hasSize(11);
        assertThat(select(Query.SINCE, false, "192.0.2.255")).hasSize(39);
        assertThat(select(Query.SINCE, false, "transferring")).hasSize(1000);
        assertThat(select(Query.SINCE, false, "zero-copy")).hasSize(500);
        assertThat(select(Query.SINCE, false, "streamed")).hasSize(500);
        assertThat(select(Query.SINCE, false, "nobody")).isEmpty();
    }

    @Test
    void confinesToAGroup() {
        Query ofGroup = new Query(Optional.of("77"), "user", false, "");
        assertThat(SNAPSHOT.select(ofGroup)).hasSize(100);
        assertThat(SNAPSHOT.rows(ofGroup)).hasSize(100);
    }

    @Test
    void viewersThatAskForTheSameShareIt() {
        assertThat(select("rate", true, "user")).isSameAs(select("rate", true, "USER"));
    }

    @Test
    void aWindowEndsWithTheLastRow() {
        List<Row> all = select(Query.SINCE, false, "user123");
        assertThat(Shown.window(all, new Shown.Table(2, 3, "", false, ""))).isEqualTo(all.subList(2, 5));
        assertThat(Shown.window(all, new Shown.Table(10_000, 3, "", false, ""))).isEqualTo(all.subList(8, 11));
        assertThat(Shown.window(all, new Shown.Table(5, 200, "", false, ""))).isEqualTo(all);
        assertThat(Shown.window(List.of(), new Shown.Table(5, 3, "", false, "")))
                .isEmpty();
    }

    @Test
    void aRowIsWrittenOnceAndItsIdleTimeInSteps() {
        Row row = SNAPSHOT.rows(new Query(Optional.empty(), Query.SINCE, false, ""))
                .get(13);
        assertThat(row.json()).contains("\"idle_seconds\":10,").isSameAs(row.json());
    }
}
