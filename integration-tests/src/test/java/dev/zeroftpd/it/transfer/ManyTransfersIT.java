package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand uploads and a thousand downloads, mixed: every byte is right, and nothing is left behind. */
class ManyTransfersIT {

    private static final int CLIENTS = 20;
    private static final int EACH = 50;

    /** Odd, and with the last ones beyond what small reads take. */
    private static final int SIZE_STEP = 1_777;

    /** Platform threads come on demand and stay for a while: JIT compiler, carriers, commands. */
    private static final int THREADS_ON_DEMAND = 24;

    /** A few buffers that are kept for the next transfers; one for each transfer would be far more. */
    private static final long KEPT_BYTES = 8 << 20;

    @Test
    void leaveNoDescriptorThreadOrDirectMemory(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                JMXConnector management = manage(server)) {
            transferAll(server, "before");
            MBeanServerConnection beans = management.getMBeanServerConnection();
            long descriptors = server.descriptors();
            int threads = server.threads();
            long direct = directBytes(beans);

            transferAll(server, "after");

            await().untilAsserted(() -> assertThat(server.descriptors()).isLessThanOrEqualTo(descriptors));
            await().untilAsserted(() -> assertThat(server.threads()).isLessThanOrEqualTo(threads + THREADS_ON_DEMAND));
            await().untilAsserted(() -> assertThat(directBytes(beans)).isLessThan(direct + KEPT_BYTES));
        }
    }

    private static void transferAll(ServerProcess server, String round) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String prefix = round + "-" + i + "-";
                done.add(clients.submit(() -> {
                    transferSome(server, prefix);
                    return null;
                }));
            }
            for (Future<?> client : done) {
                client.get();
            }
        }
    }

    private static void transferSome(ServerProcess server, String prefix) throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (int i = 0; i < EACH; i++) {
                int size = i * SIZE_STEP;
                try (DataClient data = DataClient.connect(control.extendedPassive())) {
                    control.expect(150, "STOR " + prefix + i);
                    data.output().write(PatternFile.bytes(0, size));
                }
                control.expectReply(226);
                assertThat(Files.readAllBytes(server.home().resolve(prefix + i)))
                        .isEqualTo(PatternFile.bytes(0, size));
                try (DataClient data = DataClient.connect(control.extendedPassive())) {
                    control.expect(150, "RETR " + prefix + i);
                    PatternFile.assertRest(data.input(), 0, size);
                }
                control.expectReply(226);
            }
            control.expect(221, "QUIT");
        }
    }

    @SuppressWarnings("BanJNDI") // what answers is the server that the test itself has started
    private static JMXConnector manage(ServerProcess server) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(server.processId()));
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
    }

    /** What is in use, not what waits for the garbage collector. */
    private static long directBytes(MBeanServerConnection beans) throws IOException {
        ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class).gc();
        return ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
