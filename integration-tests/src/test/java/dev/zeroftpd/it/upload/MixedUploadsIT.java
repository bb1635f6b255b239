package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many sessions that store, append, break off and delete the same files at the same time. */
class MixedUploadsIT {

    private static final int SESSIONS = 24;
    private static final int COMMANDS = 60;
    private static final int BLOCK = 5000;
    private static final List<String> NAMES = List.of("a.log", "b.log", "c.log");

    /** Some of its uploads break off, so that others may rightly continue what is no whole block. */
    private static final String BREAKING = "breaking.log";

    @Test
    void noReplyNamesAPartialAndNoBlockIsTorn(@TempDir Path folder) throws Exception {
        Set<Integer> codes = ConcurrentHashMap.newKeySet();
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                int seed = i;
                running.add(sessions.submit(() -> {
                    run(server, new Random(seed), codes);
                    return seed;
                }));
            }
            for (Future<?> session : running) {
                session.get();
            }
            for (String name : NAMES) {
                assertWholeBlocks(server.home().resolve(name));
            }
            assertThat(server.logText()).doesNotContain("Exception");
        }
        // 451: an APPE that began a file which another had meanwhile, and which was being appended to when it ended
        assertThat(codes).isSubsetOf(213, 226, 250, 426, 450, 451, 550).contains(226, 250);
    }

    private static void run(ServerProcess server, Random random, Set<Integer> codes) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (int i = 0; i < COMMANDS; i++) {
                int choice = random.nextInt(NAMES.size() + 1);
                boolean breaking = choice == NAMES.size();
                String name = breaking ? BREAKING : NAMES.get(choice);
                Reply reply = switch (random.nextInt(7)) {
                    case 0, 1 -> sent(client, "STOR " + name, random, breaking && random.nextBoolean());
                    case 2, 3, 4 -> sent(client, "APPE " + name, random, breaking && random.nextBoolean());
                    case 5 -> client.command("SIZE " + name);
                    default -> client.command("DELE " + name);
                };
                assertThat(reply.text()).doesNotContain("partial");
                codes.add(reply.code());
            }
        }
    }

    private static Reply sent(ControlClient client, String command, Random random, boolean breaking)
            throws IOException {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) ('a' + random.nextInt(26)));
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            Reply opening = client.command(command);
            if (opening.code() != 150) {
                return opening;
            }
            data.output().write(block);
            if (breaking) {
                data.reset();
            }
        } catch (SocketException resetByServer) {
            return client.reply();
        }
        return client.reply();
    }

    private static void assertWholeBlocks(Path file) throws IOException {
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        assertThat(bytes.length % BLOCK).as(file.toString()).isZero();
        for (int i = 0; i < bytes.length; i++) {
            assertThat(bytes[i]).isEqualTo(bytes[i - i % BLOCK]);
        }
    }
}
