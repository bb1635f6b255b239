package dev.zeroftpd.dataconnection.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.transfer.turn.OnePlace;
import dev.zeroftpd.transfer.turn.Turn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class HandshakeDeadlineTest {

    private static final Duration LIMIT = Duration.ofMillis(200);

    @Test
    void givesUpOnceAndOnlyBeforeTheEnd() throws InterruptedException {
        CountDownLatch givenUp = new CountDownLatch(1);
        HandshakeDeadline deadline = HandshakeDeadline.start(LIMIT, givenUp::countDown);
        givenUp.await();

        assertThat(deadline.isMet()).isFalse();
        assertThat(HandshakeDeadline.start(LIMIT, givenUp::countDown).isMet()).isTrue();
    }

    /** Many clients at once on a small machine would all be refused. */
    @Test
    void doesNotCountTheTimeThatAClientWaitsForOurTurn() throws InterruptedException {
        OnePlace place = OnePlace.taken();
        Turn turn = place.turns().of("alice");
        CompletableFuture<Boolean> isMet = new CompletableFuture<>();
        CountDownLatch tooLate = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(() -> turn.during(() -> {
                    HandshakeDeadline deadline = HandshakeDeadline.start(LIMIT, tooLate::countDown);
                    Turn.current().take();
                    isMet.complete(deadline.isMet());
                    deadline.end();
                }));
        await().until(() -> turn.waitedNanos() > 0);

        CountDownLatch otherTooLate = new CountDownLatch(1);
        HandshakeDeadline.start(LIMIT, otherTooLate::countDown);
        otherTooLate.await();
        assertThat(tooLate.getCount()).isOne();

        place.free();
        assertThat(isMet.join()).isTrue();
    }
}
