package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an open page is told. */
class StreamIT {

    private static final long SIZE = 64L << 20;

    private static final int TOLD = 8;

    private static final Account SLOW = Account.ALICE.named("slow").withDownloadRate(1 << 20);

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(SLOW).with("admin.http", "127.0.0.1:0"));

    private static Map<String, Object> transfer(Map<String, Object> row) {
        @SuppressWarnings("unchecked") // the keys of JSON are texts
        Map<String, Object> transfer = (Map<String, Object>) row.get("transfer");
        return Objects.requireNonNull(transfer, "transfer");
    }

    @Test
    void aTransferIsSeenWhileItRunsAndAfterwardsAndEndedByAClick() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        Browser admin = Browser.signedIn(server, "admin");
        try (EventStream stream = admin.stream();
                ControlClient client = ControlClient.login(server.address(), SLOW);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            admin.show(stream, "now", Map.of("sort", "rate", "descending", true, "filter", "transferring"));
            client.expect(150, "RETR file");
            PatternFile.assertNext(data.input(), 0, 1000);
            EventStream.Event seen = stream.next(event -> event.name().equals("sessions")
                    && event.json().contains("/file")
                    && event.json().contains("zero-copy"));
            Map<String, Object> row = seen.rows("rows").getFirst();
            assertThat(row)
                    .containsEntry("user", "slow")
                    .containsEntry("address", "127.0.0.1")
                    .containsEntry("network", "127.0.0.1");
            assertThat(transfer(row)).containsEntry("verb", "RETR").containsEntry("size", (int) SIZE);
            stream.next(event -> event.name().equals("totals")
                    && !event.json().contains("\"download_zero_copy\":0,")
                    && event.json().contains("\"transfers\":1"));

            String session = String.valueOf(row.get("session"));
            Browser.Answer done = admin.act(Map.of("command", "kick", "session", session));
            assertThat(done.status()).isEqualTo(200);
            assertThat(done.json()).containsEntry("result", "done");
            client.expectReply(426);
            client.expectReply(421);
            assertThat(stream.next(event -> event.name().equals("sessions")
                                    && event.json().contains("\"order\":[]"))
                            .data())
                    .containsEntry("matching", 0);
            admin.show(stream, "transfers", Map.of("user", "SLOW", "outcome", "failed-any"));
            Map<String, Object> ended = stream.next("transfers").rows("entries").getFirst();
            assertThat(ended)
                    .containsEntry("path", "/file")
                    .containsEntry("outcome", "aborted")
                    .containsEntry("way", "zero-copy")
                    .containsEntry("direction", "download");
        }
        server.awaitLogLine(line -> line.contains("tester 127.0.0.1 PAGE kick session="));
    }

    /** A client has all the addresses of its network to itself: banning one of them would not keep it out. */
    @Test
    void aRowHasTheNetworkToBan() throws IOException {
        Browser viewer = Browser.signedIn(server, "viewer");
        try (EventStream stream = viewer.stream();
                ControlClient client = ControlClient.login(server.listener(Way.Family.IPV6), Account.ALICE)) {
            viewer.show(stream, "now", Map.of());
            EventStream.Event seen = stream.next(
                    event -> event.name().equals("sessions") && event.json().contains("\"user\":\"alice\""));
            assertThat(seen.rows("rows").getFirst())
                    .containsEntry("address", "0:0:0:0:0:0:0:1")
                    .containsEntry("network", "0:0:0:0:0:0:0:0/64");
            client.expect(200, "NOOP");
        }
    }

    /** However often something changes. What a page asks for comes at once; so the first ones don't count. */
    @Test
    void isToldTwiceASecondAtMost() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        Browser viewer = Browser.signedIn(server, "viewer");
        try (EventStream stream = viewer.stream();
                ControlClient client = ControlClient.login(server.address(), SLOW);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "RETR file");
            Thread reader = Thread.ofVirtual().start(() -> readAll(data));
            long begun = System.nanoTime();
            viewer.show(stream, "now", Map.of());
            stream.next("sessions");
            stream.next("sessions");
            for (int i = 0; i < TOLD; i++) {
                stream.next("sessions");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("%d times", TOLD)
                    .isGreaterThan(Duration.ofMillis(500).multipliedBy(TOLD));
            client.expect(426, "ABOR");
            client.expectReply(226);
            reader.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void readAll(DataClient data) {
        try {
            data.input().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyTheWindowAndOnlyWhatHasChangedIsTold() throws IOException {
        Browser viewer = Browser.signedIn(server, "viewer");
        List<ControlClient> clients = new ArrayList<>();
        try (EventStream stream = viewer.stream()) {
            for (int i = 0; i < 20; i++) {
                clients.add(ControlClient.login(server.address(), Account.ALICE));
            }
            viewer.show(stream, "now", Map.of("offset", 0, "limit", 5, "sort", "since"));
            EventStream.Event first = stream.next("sessions");
            assertThat(first.data()).containsEntry("total", 20).containsEntry("matching", 20);
            assertThat(first.rows("rows")).hasSize(5);
            clients.get(1).expect(257, "MKD d");
            clients.get(1).expect(250, "CWD d");
            EventStream.Event moved = stream.next(
                    event -> event.name().equals("sessions") && event.json().contains("\"directory\":\"/d\""));
            assertThat(moved.rows("rows").size())
                    .as("rows of which one has changed")
                    .isLessThan(5);
            viewer.show(stream, "now", Map.of("offset", 3, "limit", 5, "sort", "since"));
            EventStream.Event scrolled = stream.next(
                    event -> event.name().equals("sessions") && event.json().contains("\"offset\":3"));
            assertThat(scrolled.rows("rows").size()).isBetween(3, 5); // idle times may have changed meanwhile
            viewer.show(stream, "now", Map.of("offset", 100, "limit", 5, "filter", "ALI"));
            assertThat(stream.next(event -> event.name().equals("sessions")
                                    && event.json().contains("\"offset\":15"))
                            .data())
                    .containsEntry("matching", 20);
            clients.getFirst().expect(221, "QUIT");
            assertThat(stream.next(event -> event.name().equals("sessions")
                                    && event.json().contains("\"total\":19"))
                            .data())
                    .containsEntry("offset", 14);
        } finally {
            for (ControlClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void bansHealthAndTheLogAreToldWhileTheyAreShown() throws IOException {
        Browser admin = Browser.signedIn(server, "admin");
        try (EventStream stream = admin.stream()) {
            admin.show(stream, "bans", Map.of());
            assertThat(stream.next("bans").data()).containsEntry("total", 0);
            assertThat(admin.act(Map.of("command", "ban", "address", "192.0.2.0/24", "seconds", 60))
                            .status())
                    .isEqualTo(200);
            EventStream.Event banned = stream.next("bans");
            assertThat(banned.rows("rows").getFirst())
                    .containsEntry("address", "192.0.2.0/24")
                    .containsEntry("by", "operator")
                    .containsEntry("why", "for 1 min by the operator");
            assertThat(admin.act(Map.of("command", "unban", "address", "192.0.2.0/24"))
                            .status())
                    .isEqualTo(200);
            assertThat(stream.next("bans").data()).containsEntry("total", 0);
            assertThat(admin.act(Map.of("command", "unban", "address", "192.0.2.0/24"))
                            .status())
                    .isEqualTo(409);
            server.awaitLogLine(line -> line.contains("tester 127.0.0.1 PAGE ban ") && line.contains("192.0.2.0/24"));
            server.awaitLogLine(line -> line.contains("tester 127.0.0.1 PAGE unban ") && line.contains("192.0.2.0/24"));
            admin.act(Map.of("command", "ban", "address", "192.0.2.1", "seconds", 2));
            assertThat(stream.next("bans").data()).containsEntry("total", 1);
            assertThat(stream.next("bans").data()).as("after two seconds").containsEntry("total", 0);

            admin.show(stream, "health", Map.of());
            Map<String, Object> health = stream.next("health").data();
            assertThat(health).containsEntry("state", "serving").containsKeys("findings", "heap_bytes", "threads");

            admin.show(stream, "log", Map.of("level", "INFO", "filter", "login"));
            assertThat(stream.next("log").data()).containsEntry("reset", true);
            ControlClient.login(server.address(), Account.ALICE).close();
            EventStream.Event line = stream.next("log");
            assertThat(line.rows("lines").getFirst())
                    .containsEntry("text", "alice 127.0.0.1 LOGIN in clear")
                    .containsEntry("logger", "dev.zeroftpd.event.login");
            // as a page asks that was paused: it has missed what came meanwhile
            admin.show(stream, "log", Map.of("level", "INFO", "filter", "login"));
            EventStream.Event again = stream.next("log");
            assertThat(again.data()).containsEntry("reset", true);
            assertThat(again.rows("lines").getFirst()).containsEntry("text", "alice 127.0.0.1 LOGIN in clear");
        }
    }

    /** Names are data: whatever is in them, it stays within its text. */
    @Test
    @Tag("attack")
    void namesOfFilesAreNothingButText() throws IOException {
        Browser viewer = Browser.signedIn(server, "viewer");
        List<String> hostile = List.of(
                "<img src=x onerror=alert(1)>",
                "\"},{\"user\":\"root\"",
                "\u202egnp.exe",
                "]]><!--&lt;",
                "event: end data: {}",
                "\u0001\u001b[2J\u007f\u2028",
                "x".repeat(255));
        try (EventStream stream = viewer.stream();
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(200, "OPTS UTF8 ON");
            viewer.show(stream, "transfers", Map.of());
            stream.next("transfers");
            for (String name : hostile) {
                DataClient.sent(client, "STOR " + name, "x".getBytes(StandardCharsets.US_ASCII));
                EventStream.Event told = stream.next("transfers");
                assertThat(told.rows("entries")).hasSize(1);
                assertThat(told.rows("entries").getFirst()).containsEntry("path", "/" + name);
            }
            client.expect(250, "CWD /");
            client.expect(257, "MKD in" + hostile.getFirst());
            client.expect(250, "CWD in" + hostile.getFirst());
            viewer.show(stream, "now", Map.of());
            assertThat(stream.next(event -> event.name().equals("sessions")
                                    && event.json().contains("onerror"))
                            .rows("rows")
                            .getFirst())
                    .containsEntry("directory", "/in" + hostile.getFirst());
        }
    }
}
