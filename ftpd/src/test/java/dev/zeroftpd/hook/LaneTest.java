package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.ops.event.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Lane lane = new Lane();
    private long order;

    private Lane.Waiting add(String path) {
        return add(Samples.hookEvent(Long.toString(order), EventKind.UPLOAD, path));
    }

    private Lane.Waiting add(HookEvent event) {
        Lane.Waiting waiting = new Lane.Waiting(event, order++, 0);
        lane.add(waiting);
        return waiting;
    }

    private List<Lane.Waiting> take(long now) {
        List<Lane.Waiting> taken = new ArrayList<>();
        for (Optional<Lane.Waiting> next = lane.next(now); next.isPresent(); next = lane.next(now)) {
            taken.add(next.get());
        }
        return taken;
    }

    @Test
    void eventsOfOnePathGoOneAfterTheOther() {
        Lane.Waiting first = add("/a");
        Lane.Waiting second = add("/a");
        Lane.Waiting other = add("/b");
        assertThat(take(0)).containsExactly(first, other);
        lane.delivered(first);
        assertThat(take(0)).containsExactly(second);
    }

    @Test
    void aRenameWaitsForBothOfItsPathsAndBothWaitForIt() {
        Lane.Waiting upload = add("/a");
        Lane.Waiting rename = add(Samples.hookEvent("r", "/a", "/b"));
        Lane.Waiting delete = add("/b");
        assertThat(take(0)).containsExactly(upload);
        lane.delivered(upload);
        assertThat(take(0)).containsExactly(rename);
        lane.delivered(rename);
        assertThat(take(0)).containsExactly(delete);
    }

    @Test
    void aFailureKeepsItsPlaceAndWaitsLongerEachTime() {
        Lane.Waiting first = add("/a");
        Lane.Waiting second = add("/a");
        assertThat(take(0)).containsExactly(first);
        lane.failed(first, 0);
        assertThat(take(SECOND - 1)).isEmpty();
        assertThat(take(SECOND)).containsExactly(first);
        lane.failed(first, SECOND);
        assertThat(take(3 * SECOND - 1)).isEmpty();
        assertThat(take(3 * SECOND)).containsExactly(first);
        lane.delivered(first);
        assertThat(take(3 * SECOND)).containsExactly(second);
    }

    @Test
    void pausesGrowToAMinute() {
        assertThat(Lane.pause(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Lane.pause(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(Lane.pause(1_000_000)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aDeadReceiverIsTriedWithOneEventAtATimeUntilItLivesAgain() {
        for (int i = 0; i < 20; i++) {
            add("/" + i);
        }
        List<Lane.Waiting> running = take(0);
        assertThat(running).hasSize(Lane.MOST_AT_ONCE);
        running.forEach(each -> lane.failed(each, 0));
        assertThat(lane.due().orElseThrow()).isPositive();
        long later = 10 * SECOND;
        List<Lane.Waiting> probe = take(later);
        assertThat(probe).hasSize(1);
        lane.failed(probe.getFirst(), later);
        assertThat(take(later)).isEmpty();
        probe = take(later + 60 * SECOND);
        assertThat(probe).hasSize(1);
        lane.delivered(probe.getFirst());
        assertThat(take(later + 60 * SECOND)).hasSize(Lane.MOST_AT_ONCE);
    }

    @Test
    void whatIsTakenAwayLetsWhatIsBehindItGo() {
        Lane.Waiting first = add("/a");
        Lane.Waiting second = add("/a");
        lane.remove(first);
        assertThat(take(0)).containsExactly(second);
    }
}
