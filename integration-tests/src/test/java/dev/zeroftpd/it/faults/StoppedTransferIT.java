package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that stop behind each step of uploads and downloads, many at once, with FIN, with RST or in silence. */
class StoppedTransferIT {

    private static final byte[] OLD = PatternFile.bytes(7, 50_007);

    /** More than the kernel buffers for one connection. */
    private static final byte[] NEW = PatternFile.bytes(0, 6 << 20);

    private static final int SOME = 300_001;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(ServerOptions.standard()
            .with("listener.idle-timeout", "2s")
            .with("listener.login-timeout", "5s")
            .with("transfer.connect-timeout", "1s")
            .with("transfer.stall-timeout", "1s")
            .with("passive.ports", FreePorts.range(2 * Step.values().length * Ending.values().length)));

    private Baseline before;
    private final Queue<AutoCloseable> left = new ConcurrentLinkedQueue<>();

    /** What a client does one after the other. */
    private enum Step {
        CONNECT,
        USER,
        PASS,
        TYPE,
        EPSV,
        CONNECT_DATA,
        COMMAND,
        ONE_BYTE,
        SOME_BYTES,
        ALL_BYTES,
        END_OF_DATA,
        LAST_REPLY,
        QUIT
    }

    @BeforeEach
    void look() throws IOException {
        before = Baseline.of(server, Account.ALICE);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable connection : left) {
            connection.close();
        }
    }

    @Test
    void behindEachStepOfAnUploadTheFileIsTheOldOrTheNewOne() throws Exception {
        for (Step last : Step.values()) {
            for (Ending ending : Ending.values()) {
                Files.write(server.home().resolve(last + "-" + ending), OLD);
            }
        }
        stopBehindEachStep(true);
        before.awaitLogouts();
        before.awaitAgainAndStop();

        for (Step last : Step.values()) {
            for (Ending ending : Ending.values()) {
                String name = last + "-" + ending;
                byte[] content = Files.readAllBytes(server.home().resolve(name));
                boolean isNew = Arrays.equals(content, NEW);
                assertThat(isNew || Arrays.equals(content, OLD)).as(name).isTrue();
                assertThat(isNew || last.compareTo(Step.LAST_REPLY) < 0)
                        .as("%s, after 226", name)
                        .isTrue();
                assertThat(isNew && last.compareTo(Step.ALL_BYTES) < 0)
                        .as("%s, of which not all came", name)
                        .isFalse();
            }
        }
        try (Stream<Path> files = Files.list(server.home())) {
            assertThat(files.filter(file -> !file.getFileName().toString().startsWith(".")))
                    .hasSize(Step.values().length * Ending.values().length);
        }
    }

    @Test
    void behindEachStepOfADownloadNothingStays() throws Exception {
        for (Step last : Step.values()) {
            for (Ending ending : Ending.values()) {
                Files.write(server.home().resolve(last + "-" + ending), NEW);
            }
        }
        stopBehindEachStep(false);
        before.awaitLogouts();
        before.awaitAgainAndStop();
    }

    private void stopBehindEachStep(boolean upload) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (Step last : Step.values()) {
                for (Ending ending : Ending.values()) {
                    all.add(clients.submit(() -> {
                        new Conversation(last + "-" + ending, upload).until(last, ending);
                        return null;
                    }));
                }
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /** One client. One thread. */
    private final class Conversation {

        private final String name;
        private final boolean upload;
        private final ControlClient client;
        private @Nullable InetSocketAddress port;
        private @Nullable DataClient data;

        Conversation(String name, boolean upload) throws IOException {
            this.name = name;
            this.upload = upload;
            this.client = ControlClient.connect(server.address());
            left.add(client);
        }

        /** A client that is killed ends its control connection first: then an upload isn't taken for complete. */
        void until(Step last, Ending ending) throws IOException {
            for (Step step : Step.values()) {
                run(step);
                if (step == last) {
                    break;
                }
            }
            ending.apply(client);
            if (data != null) {
                ending.apply(data);
            }
        }

        private void run(Step step) throws IOException {
            switch (step) {
                case CONNECT -> {}
                case USER -> client.expect(331, "USER alice");
                case PASS -> client.expect(230, "PASS wonderland");
                case TYPE -> client.expect(200, "TYPE I");
                case EPSV -> port = client.extendedPassive();
                case CONNECT_DATA -> {
                    data = DataClient.connect(Objects.requireNonNull(port));
                    left.add(data);
                }
                case COMMAND -> client.expect(150, (upload ? "STOR " : "RETR ") + name);
                case ONE_BYTE -> move(0, 1);
                case SOME_BYTES -> move(1, SOME);
                case ALL_BYTES -> move(SOME, NEW.length);
                case END_OF_DATA -> end();
                case LAST_REPLY -> client.expectReply(226);
                case QUIT -> client.expect(221, "QUIT");
            }
        }

        private DataClient data() {
            return Objects.requireNonNull(data);
        }

        private void move(int from, int to) throws IOException {
            if (upload) {
                data().output().write(NEW, from, to - from);
            } else {
                PatternFile.assertNext(data().input(), from, (long) to - from);
            }
        }

        private void end() throws IOException {
            if (upload) {
                data().end();
            } else {
                PatternFile.assertRest(data().input(), NEW.length, NEW.length);
                data().close();
            }
        }
    }
}
