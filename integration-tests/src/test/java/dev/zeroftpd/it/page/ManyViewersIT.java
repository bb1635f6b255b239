package dev.zeroftpd.it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As many pages as there may be, and pages that don't read what they are told. */
class ManyViewersIT {

    private static final int MOST = 50;

    private static final int PER_BROWSER = 4;

    /** With names that make a window as large as it can be. */
    private static final int SESSIONS = 200;

    /** {@code -Dpage.sessions=10000} for as many as docs/live.md speaks of. */
    private static final int CROWD = Integer.getInteger("page.sessions", 500);

    /** What pages may ask for: with each combination the server has to look through all sessions once more. */
    private static final List<String> FILTERS = List.of("", "alice", "LIC", "127.0.0.1", "127");

    private static final List<String> SORTS = List.of("since", "directory", "idle");

    private static final String MOVED = "/a-directory-of-its-own";

    /** Until what it doesn't read has filled the buffers of the kernel, and 15 seconds. */
    private static final Duration SENT_AWAY = Duration.ofMinutes(2);

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with("admin.http", "127.0.0.1:0"));

    @Test
    @Tag("attack")
    void fiftyPagesAreToldTheSameAndThereIsNoPlaceForMore() throws IOException {
        List<EventStream> streams = new ArrayList<>();
        List<Browser> browsers = new ArrayList<>();
        try {
            for (int i = 0; i < MOST; i++) {
                if (i % PER_BROWSER == 0) {
                    browsers.add(Browser.signedIn(server, "viewer"));
                }
                streams.add(browsers.getLast().stream());
                browsers.getLast().show(streams.getLast(), "now", Map.of());
            }
            try (EventStream more = Browser.signedIn(server, "viewer").stream()) {
                assertThat(more.status()).isEqualTo(503);
            }
            try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE)) {
                for (EventStream stream : streams) {
                    stream.next(event ->
                            event.name().equals("sessions") && event.json().contains("\"user\":\"alice\""));
                }
                alice.expect(200, "NOOP");
            }
            streams.getFirst().close();
            await().until(() -> server.threads() < 60); // those that answered requests end some seconds later
        } finally {
            for (EventStream stream : streams) {
                stream.close();
            }
        }
    }

    /** The newest session is the first by its time, its directory and its idleness. */
    @Test
    void fiftyPagesFollowACrowd() throws IOException {
        List<EventStream> streams = new ArrayList<>();
        List<ControlClient> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(ControlClient.login(server.address(), Account.ALICE));
            }
            Browser browser = Browser.signedIn(server, "viewer");
            for (int i = 0; i < MOST; i++) {
                if (i > 0 && i % PER_BROWSER == 0) {
                    browser = Browser.signedIn(server, "viewer");
                }
                EventStream stream = browser.stream();
                streams.add(stream);
                String sort = SORTS.get(i % SORTS.size());
                browser.show(
                        stream,
                        "now",
                        Map.of(
                                "filter",
                                FILTERS.get(i % FILTERS.size()),
                                "sort",
                                sort,
                                "descending",
                                !sort.equals("idle"),
                                "limit",
                                30 + i));
            }
            for (EventStream stream : streams) {
                EventStream.Event first = stream.next(
                        event -> event.name().equals("sessions") && event.json().contains("\"total\":" + CROWD));
                assertThat(first.data()).containsEntry("matching", CROWD);
            }
            crowd.getLast().expect(257, "MKD " + MOVED);
            crowd.getLast().expect(250, "CWD " + MOVED);
            long moved = System.nanoTime();
            for (EventStream stream : streams) {
                stream.next(
                        event -> event.name().equals("sessions") && event.json().contains(MOVED));
            }
            System.out.printf(
                    "%,d sessions: told to %d pages within %d ms%n",
                    CROWD, MOST, Duration.ofNanos(System.nanoTime() - moved).toMillis());
        } finally {
            for (EventStream stream : streams) {
                stream.close();
            }
            for (ControlClient client : crowd) {
                client.close();
            }
        }
        assertThat(server.logText()).doesNotContain(" ERROR ");
    }

    /** Pages that were reloaded or closed are noticed late, so it is these that have to go. */
    @Test
    void theOldestPageOfABrowserMakesPlaceForItsNewest() throws IOException {
        Browser browser = Browser.signedIn(server, "viewer");
        List<EventStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * PER_BROWSER; i++) {
                streams.add(browser.stream());
                assertThat(streams.getLast().status()).isEqualTo(200);
            }
            assertThat(streams.getFirst().next("end").data()).containsEntry("why", "elsewhere");
            assertThat(streams.get(2 * PER_BROWSER - 1).next("end").data()).containsEntry("why", "elsewhere");
            browser.show(streams.get(2 * PER_BROWSER), "bans", Map.of());
            streams.get(2 * PER_BROWSER).next("bans");
        } finally {
            for (EventStream stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    @Tag("attack")
    void aStreamThatEndsOnlyWithItsConnectionIsNotBegun() throws IOException {
        Browser browser = Browser.signedIn(server, "viewer");
        for (int i = 0; i < 4 * MOST; i++) {
            Browser.Answer refused = browser.askOld("api/stream");
            assertThat(refused.status()).isEqualTo(400);
        }
        assertThat(browser.get("api/session").status()).isEqualTo(200);
    }

    /** What it isn't told is not even made: it is told later what has changed, unless it is too late for that. */
    @Test
    @Tag("attack")
    void aPageThatDoesNotReadIsSentAwayAndHoldsUpNoOther() throws IOException {
        Browser browser = Browser.signedIn(server, "viewer");
        List<ControlClient> clients = new ArrayList<>();
        try (EventStream stalled = browser.stream();
                EventStream other = browser.stream()) {
            for (int i = 0; i < SESSIONS; i++) {
                clients.add(ControlClient.login(server.address(), Account.ALICE));
            }
            Map<String, ?> longest =
                    Map.of("stream", stalled.name(), "view", "now", "sessions", Map.of("limit", SESSIONS));
            Map<String, ?> nothing = Map.of("stream", stalled.name(), "view", "none");
            await().atMost(SENT_AWAY).pollInterval(Duration.ofMillis(1)).until(() -> {
                boolean there = browser.post("view", longest).status() == 204;
                scroll(browser, other, 0);
                browser.post("view", nothing);
                scroll(browser, other, 1);
                return !there;
            });
            assertThat(stalled.isEnded()).isTrue();
            scroll(browser, other, 0);
        } finally {
            for (ControlClient client : clients) {
                client.close();
            }
        }
        assertThat(server.logText()).doesNotContain(" ERROR ");
    }

    private static void scroll(Browser browser, EventStream stream, int offset) throws IOException {
        browser.show(stream, "now", Map.of("limit", 1, "offset", offset));
        stream.next(event -> event.name().equals("sessions") && event.json().contains("\"offset\":" + offset + ","));
    }
}
