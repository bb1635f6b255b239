package dev.zeroftpd.ops.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class EventQueueTest {

    /** Each event of a path of one character takes 201. */
    private static final int ROOM = 2010;

    private final Slow slow = new Slow();

    @Test
    void writesAllInTheirOrderBeforeItIsClosed() {
        slow.goOn.countDown();
        EventQueue queue = new EventQueue(slow);
        IntStream.range(0, 1000).forEach(i -> queue.write(event(EventKind.DELETE, "/" + i)));
        queue.close();
        assertThat(slow.paths)
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(i -> "/" + i).toList());
    }

    @Test
    void whatFailsInAWriterEndsNoLog() {
        slow.goOn.countDown();
        EventQueue queue = new EventQueue(slow);
        queue.put(
                () -> {
                    throw new OutOfMemoryError("for a test");
                },
                0);
        queue.put(
                () -> {
                    throw new IllegalStateException("for a test");
                },
                0);
        queue.write(event(EventKind.DELETE, "/"));
        queue.close();
        assertThat(slow.paths).containsExactly("/");
    }

    @Test
    void whatHappensWhenItIsClosedIsWrittenAtOnce() {
        slow.goOn.countDown();
        EventQueue queue = new EventQueue(slow);
        queue.close();
        queue.write(event(EventKind.DELETE, "/"));
        assertThat(slow.paths).containsExactly("/");
    }

    @Test
    void countsWhatHasNoRoomAndLeavesRoomForAccounts() {
        Logger log = (Logger) LoggerFactory.getLogger(EventQueue.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            EventQueue queue = new EventQueue(ROOM, slow);
            for (int i = 0; i < 20; i++) {
                queue.write(event(EventKind.CONNECT, "c"));
            }
            for (int i = 0; i < 20; i++) {
                queue.write(event(EventKind.DELETE, "d"));
            }
            slow.goOn.countDown();
            queue.close();
        } finally {
            log.detachAppender(lines);
        }
        assertThat(slow.paths).containsExactly("c", "c", "c", "c", "c", "d", "d", "d", "d", "d");
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo("30 lines are missing here: the log took no lines for a while");
    }

    private static Event event(EventKind kind, String path) {
        return new Event(Instant.EPOCH, kind, Event.Client.NONE, Event.Deed.of("X", path), Ending.Done.PLAINLY);
    }

    /** Waits with its first event until it may go on. */
    private static final class Slow implements EventWriter {

        final CountDownLatch goOn = new CountDownLatch(1);
        final List<String> paths = new ArrayList<>();

        @Override
        public boolean wants(EventKind kind) {
            return true;
        }

        @Override
        public void write(Event event) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            paths.add(event.deed().path());
        }
    }
}
