package dev.zeroftpd.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadRightsTest {

    private static final List<String> STATUS = List.of(
            "Name:\tSignal Dispatch",
            "Uid:\t65534\t65534\t0\t4294967294",
            "Gid:\t1\t2\t3\t4",
            "Groups:\t4 24 ",
            "CapPrm:\t0000000000000400",
            "CapEff:\t000001fffeffffff");

    @Test
    void readsWhatTheKernelSaysOfAThread() throws IOException {
        ThreadRights rights = ThreadRights.parse(STATUS);
        assertThat(rights.name()).isEqualTo("Signal Dispatch");
        assertThat(rights.users()).containsExactly(65534, 65534, 0, -2);
        assertThat(rights.groups()).containsExactly(1, 2, 3, 4);
        assertThat(rights.further()).isEqualTo("4 24");
        assertThat(rights.capabilities()).isEqualTo(0x1fffeffffffL);
    }

    @Test
    void countsCapabilitiesThatAThreadCouldTake() throws IOException {
        List<String> without = STATUS.stream()
                .map(line -> line.replace("000001fffeffffff", "0000000000000000"))
                .toList();
        assertThat(ThreadRights.parse(without).capabilities()).isEqualTo(0x400);
    }

    @Test
    void failsWhereTheKernelSaysTooLittle() {
        assertThatThrownBy(() -> ThreadRights.parse(STATUS.subList(0, 2))).isInstanceOf(IOException.class);
    }

    @Test
    void looksAtThreadsThatJavaDoesNotCount() throws Exception {
        assumeThat(SystemCall.isSupported()).as("/proc is Linux's").isTrue();
        CountDownLatch named = new CountDownLatch(1); // a thread takes its name itself, before its first step
        CountDownLatch end = new CountDownLatch(1);
        Thread.ofPlatform().name("seen-by-the-test").start(() -> {
            named.countDown();
            await(end);
        });
        try {
            named.await();
            assertThat(ThreadRights.ofAll())
                    .extracting(ThreadRights::name)
                    .contains("Signal Dispatch", "VM Thread")
                    .anyMatch("seen-by-the-test"::startsWith);
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
