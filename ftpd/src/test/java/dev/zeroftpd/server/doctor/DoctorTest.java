package dev.zeroftpd.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.operator.Finding;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class DoctorTest {

    private record Waiting(CountDownLatch begun, CountDownLatch end) implements Doctor.Examination {

        @Override
        public String about() {
            return "a disk that hangs";
        }

        @Override
        public void look(Findings found) {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            found.fine("looked at");
        }
    }

    @Test
    void looksAtNothingTwiceAtATime() throws Exception {
        Waiting hanging = new Waiting(new CountDownLatch(1), new CountDownLatch(1));
        FutureTask<List<Finding>> first = new FutureTask<>(() -> Doctor.examine(List.of(hanging)));
        Thread.ofVirtual().start(first);
        hanging.begun().await();

        assertThat(Doctor.examine(List.of(hanging))).singleElement().asString().contains("not looked at");

        hanging.end().countDown();
        assertThat(first.get()).singleElement().asString().contains("looked at").doesNotContain("not looked at");
        assertThat(Doctor.examine(List.of(hanging))).singleElement().asString().doesNotContain("not looked at");
    }
}
