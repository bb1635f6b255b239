package dev.zeroftpd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OrdersTest {

    private final AtomicInteger carriedOut = new AtomicInteger();
    private final Orders orders = new Orders();

    @Test
    void anOrderThatFailsIsNotTheLast() {
        orders.carryOut(() -> {
            int before = carriedOut.getAndIncrement();
            if (before == 0) {
                throw new OutOfMemoryError("only a test");
            }
            if (before == 1) {
                throw new IllegalStateException("only a test");
            }
        });
        for (int orderedBefore = 0; orderedBefore < 3; orderedBefore++) {
            orders.reload();
            int expected = orderedBefore + 1;
            await().until(() -> carriedOut.get() == expected);
        }
    }

    @Test
    void whatWasOrderedBeforeTheStartIsCarriedOutAfterIt() {
        orders.reload();
        orders.carryOut(carriedOut::getAndIncrement);
        await().until(() -> carriedOut.get() == 1);
    }

    @Test
    void tellsTheExitCodeOfTheEnd() {
        orders.ended(Main.FAILED);
        assertThat(orders.awaitEnd()).isEqualTo(Main.FAILED);
    }
}
