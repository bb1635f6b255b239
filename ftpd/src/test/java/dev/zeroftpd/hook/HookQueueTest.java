package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.ops.event.EventKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookQueueTest {

    @TempDir
    private Path folder;

    private final HookCounts counts = new HookCounts();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private @Nullable HookQueue queue;

    private HookQueue start(HookQueue.Room room, Receiver receiver) {
        Target target = new Target("test", () -> receiver);
        queue = HookQueue.start(
                Map.of(EventKind.UPLOAD, target, EventKind.DELETE, target), folder.resolve("hooks"), counts, room);
        return queue;
    }

    @AfterEach
    void end() {
        if (queue != null) {
            queue.close();
        }
    }

    private long count(String result) {
        Map<String, Long> found = new HashMap<>();
        counts.forEach((event, name, count) -> found.merge(name, count, Long::sum));
        return found.getOrDefault(result, 0L);
    }

    private Receiver.Answer note(HookEvent event) {
        received.add(event.keys().getFirst().replace("path ", "") + " " + event.kind());
        return new Receiver.Answer(true, "");
    }

    @Test
    void eventsOfAPathArriveInTheirOrder() {
        HookQueue started = start(HookQueue.Room.USUAL, this::note);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            started.write(Samples.event(EventKind.UPLOAD, "/a"));
            started.write(Samples.event(EventKind.DELETE, "/a"));
            started.write(Samples.event(EventKind.UPLOAD, "/" + i));
            expected.addAll(List.of("/a upload", "/a delete"));
        }
        await().until(() -> received.size() == 300);
        assertThat(received).filteredOn(line -> line.startsWith("/a ")).containsExactlyElementsOf(expected);
        await().until(() -> started.length() == 0);
        assertThat(count("delivered")).isEqualTo(300);
    }

    @Test
    void theOldestAreDroppedAndCountedWhereTooManyWait() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(Lane.MOST_AT_ONCE);
        CountDownLatch held = new CountDownLatch(1);
        HookQueue started = start(new HookQueue.Room(50, 1 << 20), event -> {
            begun.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return note(event);
        });
        for (int i = 0; i < Lane.MOST_AT_ONCE; i++) {
            started.write(Samples.event(EventKind.UPLOAD, "/first-" + i));
        }
        begun.await();
        for (int i = 0; i < 500; i++) {
            started.write(Samples.event(EventKind.UPLOAD, "/" + i));
        }
        await().until(() -> count("dropped") == 454 && started.length() == 50);
        held.countDown();
        await().until(() -> received.size() == 50);
        assertThat(received)
                .contains("/first-0 upload", "/499 upload", "/454 upload")
                .doesNotContain("/453 upload");
    }

    @Test
    void whatIsNotTakenIsTakenByTheNextStart() {
        HookQueue started = start(HookQueue.Room.USUAL, _ -> new Receiver.Answer(false, "dead"));
        started.write(Samples.event(EventKind.UPLOAD, "/a"));
        await().until(() -> count("failed") == 1);
        started.close();
        start(HookQueue.Room.USUAL, this::note);
        await().untilAsserted(() -> assertThat(received).containsExactly("/a upload"));
    }

    @Test
    void anErrorBetweenTwoStepsEndsNothing() {
        Target broken = new Target("broken", () -> this::note);
        broken.close(); // from now on it takes no deliveries, which nothing foresees
        queue = HookQueue.start(
                Map.of(EventKind.DELETE, broken, EventKind.UPLOAD, new Target("test", () -> this::note)),
                folder.resolve("hooks"),
                counts,
                HookQueue.Room.USUAL);
        queue.write(Samples.event(EventKind.DELETE, "/a"));
        queue.write(Samples.event(EventKind.UPLOAD, "/b"));
        await().untilAsserted(() -> assertThat(received).containsExactly("/b upload"));
    }

    @Test
    void aReceiverThatThrowsEndsNothing() {
        HookQueue started = start(HookQueue.Room.USUAL, event -> {
            if (event.kind().equals("delete")) {
                throw new IllegalStateException("broken");
            }
            return note(event);
        });
        started.write(Samples.event(EventKind.DELETE, "/a"));
        started.write(Samples.event(EventKind.UPLOAD, "/b"));
        await().untilAsserted(() -> assertThat(received).containsExactly("/b upload"));
        await().until(() -> count("failed") == 1);
    }

    /** Behind another of the same path it would never be tried. */
    @Test
    void whatIsADayOldGoesOnceItsReceiverIsDead() {
        HookQueue started = start(HookQueue.Room.USUAL, _ -> new Receiver.Answer(false, "dead"));
        Instant old = Instant.now().minus(Duration.ofHours(25));
        started.write(Samples.event(EventKind.UPLOAD, "/a"));
        started.write(Samples.event(old, EventKind.UPLOAD, "/a"));
        started.write(Samples.event(EventKind.UPLOAD, "/b"));
        started.write(Samples.event(EventKind.UPLOAD, "/c"));
        await().until(() -> count("dropped") == 1);
        await().until(() -> started.length() == 3);
    }

    /** As when the server was down over a weekend. */
    @Test
    void whatIsADayOldIsTriedWhereItsReceiverLives() {
        HookQueue started = start(HookQueue.Room.USUAL, this::note);
        started.write(Samples.event(Instant.now().minus(Duration.ofHours(25)), EventKind.UPLOAD, "/a"));
        await().untilAsserted(() -> assertThat(received).containsExactly("/a upload"));
        assertThat(count("dropped")).isZero();
    }
}
