package dev.zeroftpd.admin.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted, as a scraper reads it. */
class CountersTest {

    private final Metrics metrics = new Metrics(Map.of("RETR", "RETR", "CRC", "XCRC"));

    @Test
    void commandsAreCountedByVerbAndClassAndWhatIsNoVerbTogether() {
        metrics.commands().count("RETR", 226);
        metrics.commands().count("RETR", 250);
        metrics.commands().count("RETR", 426);
        metrics.commands().count("CRC", 0);
        metrics.commands().count("QWERTZ", 500);
        metrics.commands().count("ASDF", 999);

        assertThat(samples("zeroftpd_commands_total"))
                .containsExactlyInAnyOrder(
                        "{verb=\"RETR\",class=\"2xx\"} 2",
                        "{verb=\"RETR\",class=\"4xx\"} 1",
                        "{verb=\"XCRC\",class=\"none\"} 1",
                        "{verb=\"unknown\",class=\"5xx\"} 2");
    }

    @Test
    void transfersAreCountedByTheirCourseAndRefusedOnesToo() {
        write(EventKind.DOWNLOAD, "ann", new TransferResult(new Outcome.Completed(), 100, seconds(2), Way.zeroCopy()));
        write(EventKind.LISTING, "ann", streamed(StreamReason.LISTING, new Outcome.Completed(), 7));
        write(EventKind.UPLOAD, "ann", streamed(StreamReason.UPLOAD, new Outcome.PeerClosed("x"), 30));
        write(EventKind.UPLOAD, "ann", new Ending.Refused("", "550 no"));

        assertThat(samples("zeroftpd_transfers_total"))
                .containsExactlyInAnyOrder(
                        course("download", "zero-copy", "", "completed"),
                        course("download", "streamed", "listing", "completed"),
                        course("upload", "streamed", "upload", "closed-by-client"),
                        course("upload", "none", "", "refused"));
        assertThat(samples("zeroftpd_transfer_bytes_total"))
                .containsExactlyInAnyOrder(
                        "{direction=\"download\",way=\"zero-copy\"} 100",
                        "{direction=\"download\",way=\"streamed\"} 7",
                        "{direction=\"upload\",way=\"streamed\"} 30");
        assertThat(samples("zeroftpd_transfer_seconds"))
                .contains("_bucket{le=\"1.0\"} 0", "_bucket{le=\"5.0\"} 3", "_bucket{le=\"+Inf\"} 3", "_count 3")
                .contains("_sum 6.0");
        assertThat(samples("zeroftpd_user_bytes_total"))
                .contains("{user=\"ann\",direction=\"download\"} 100", "{user=\"ann\",direction=\"upload\"} 30");
    }

    @Test
    void bytesOfRunningTransfersCountAndNoNumberGoesBack() {
        Flow flow = new Flow();
        flow.runs(40);
        assertThat(flow.told()).isEqualTo(40);
        flow.runs(70);
        assertThat(flow.told()).isEqualTo(70);
        flow.hasLeft(); // it has ended, and isn't counted yet
        assertThat(flow.told()).isEqualTo(70);
        write(EventKind.DOWNLOAD, "ann", new TransferResult(new Outcome.Completed(), 80, seconds(2), Way.zeroCopy()));
        assertThat(flow.told()).isEqualTo(80);
        flow.runs(5);
        assertThat(flow.told()).isEqualTo(85);
    }

    /** Downloads by sendfile, one at a time. */
    private final class Flow {

        private List<RunningBytes> running = List.of();

        void runs(long bytes) {
            running = List.of(new RunningBytes(Direction.DOWNLOAD, Way.zeroCopy(), bytes));
        }

        void hasLeft() {
            running = List.of();
        }

        long told() {
            String sample = "zeroftpd_transfer_bytes_total{direction=\"download\",way=\"zero-copy\"} ";
            return metrics.text(Exposition.Format.OPEN_METRICS, _ -> {}, () -> running)
                    .lines()
                    .filter(line -> line.startsWith(sample))
                    .mapToLong(line -> Long.parseLong(line.substring(sample.length())))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String course(String direction, String way, String reason, String outcome) {
        return "{direction=\"" + direction + "\",way=\"" + way + "\",reason=\"" + reason + "\",tls=\"true\",outcome=\""
                + outcome + "\"} 1";
    }

    @Test
    void countersThatOperatorsDrawAreThereFromTheBeginning() {
        assertThat(samples("zeroftpd_logins_total"))
                .contains("{result=\"ok\"} 0", "{result=\"password\"} 0", "{result=\"limit\"} 0");
        assertThat(samples("zeroftpd_sessions_refused_total")).contains("{reason=\"banned\"} 0", "{reason=\"full\"} 0");
        assertThat(samples("zeroftpd_reload_ok")).containsExactly(" 1");
    }

    @Test
    void aWrongReloadIsToldUntilARightOne() {
        write(EventKind.RELOAD, "", new Ending.Refused("configuration", "why"));
        assertThat(samples("zeroftpd_reload_ok")).containsExactly(" 0");
        write(EventKind.RELOAD, "", new Ending.Done("fine"));
        assertThat(samples("zeroftpd_reload_ok")).containsExactly(" 1");
    }

    @Test
    void namesOfAccountsStayWithinTheirQuotes() {
        write(EventKind.DOWNLOAD, "a\"}\n\\\r", streamed(StreamReason.TLS, new Outcome.Completed(), 1));

        assertThat(samples("zeroftpd_user_bytes_total")).contains("{user=\"a\\\"}\\n\\\\?\",direction=\"download\"} 1");
    }

    @Test
    void onlyTheBusiestAccountsHaveCountersOfTheirOwnAndNoCounterGoesDown() {
        UserBytes users = new UserBytes();
        for (int i = 0; i < UserBytes.SHOWN; i++) {
            users.add("early" + i, Direction.DOWNLOAD, 10);
        }
        users.add("late", Direction.DOWNLOAD, 1000);
        users.add("later", Direction.DOWNLOAD, 1);
        users.add(UserBytes.OTHER, Direction.DOWNLOAD, 5); // an account of that name

        assertThat(text(users)).contains("{user=\"other\",direction=\"download\"} 1006");

        users.add("late", Direction.DOWNLOAD, 7);
        String text = text(users);
        assertThat(text).contains("{user=\"late\",direction=\"download\"} 7");
        assertThat(text).contains("{user=\"other\",direction=\"download\"} 1006");
        assertThat(text.lines().filter(line -> line.contains("download\"}"))).hasSize(UserBytes.SHOWN + 1);
    }

    @Test
    void theOlderFormatHasTheNamesThatItsReadersExpect() {
        Exposition text = new Exposition(Exposition.Format.TEXT);
        text.family("logins", Exposition.Kind.COUNTER, "Logins.").sample(1);
        text.family("build", Exposition.Kind.INFO, "Version.").sample(1, "version", "1");

        assertThat(text.end()).isEqualTo("""
            # HELP zeroftpd_logins_total Logins.
            # TYPE zeroftpd_logins_total counter
            zeroftpd_logins_total 1
            # HELP zeroftpd_build_info Version.
            # TYPE zeroftpd_build_info gauge
            zeroftpd_build_info{version="1"} 1
            """);
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    private static TransferResult streamed(StreamReason reason, Outcome outcome, long bytes) {
        return new TransferResult(outcome, bytes, seconds(2), Way.streamed(reason));
    }

    private void write(EventKind kind, String user, TransferResult result) {
        write(kind, user, new Ending.Transferred(result, false));
    }

    private void write(EventKind kind, String user, Ending ending) {
        metrics.events()
                .write(new Event(
                        Instant.EPOCH,
                        kind,
                        new Event.Client("s-1", user, "192.0.2.7", true),
                        Event.Deed.of("RETR", "/f"),
                        ending));
    }

    /** Lines of a metric, without its name. */
    private List<String> samples(String name) {
        String text = metrics.text(Exposition.Format.OPEN_METRICS, _ -> {}, List::of);
        assertThat(text).endsWith("# EOF\n");
        return text.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .toList();
    }

    private static String text(UserBytes users) {
        Exposition text = new Exposition(Exposition.Format.OPEN_METRICS);
        users.write(text);
        return text.end();
    }
}
