package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recursive listings of a tree with the longest names, by a server with a small heap. */
@Tag("attack")
class LargeListingIT {

    private static final Account BOB = Account.ALICE.named("bob");

    private static final int DIRECTORIES = 10_000;

    /** The longest name that file systems take. */
    private static final int NAME = 255;

    /** As many as fit into a path. */
    private static final int DEPTH = 14;

    @Test
    void leaveMemoryForTheListingsOfOthers(@TempDir Path folder) throws IOException {
        ServerProcess.writeConfiguration(folder, ServerOptions.standard().with(BOB.atHome("bob")));
        plant(folder.resolve("home"));
        Files.writeString(folder.resolve("bob/file"), "x");
        try (ServerProcess server = ServerProcess.startSmall(folder, 64);
                ControlClient first = ControlClient.login(server.address(), Account.ALICE);
                ControlClient second = ControlClient.login(server.address(), Account.ALICE);
                ControlClient bob = ControlClient.login(server.address(), BOB);
                DataClient data = DataClient.connect(first.extendedPassive());
                DataClient moreData = DataClient.connect(second.extendedPassive())) {
            first.expect(150, "LIST -R");
            second.expect(150, "LIST -R");
            assertThat(new String(DataClient.received(bob, "LIST -R"), StandardCharsets.UTF_8))
                    .contains("file");
            drain(data);
            drain(moreData);
            first.reply();
            second.reply();

            first.expect(257, "PWD");
            assertThat(server.logText()).doesNotContain("OutOfMemoryError");
        }
    }

    /** To whatever end: a listing may be refused when it becomes too large. */
    private static void drain(DataClient data) throws IOException {
        try {
            data.drain();
        } catch (SocketException refused) {
            assertThat(refused).hasMessageContaining("reset");
        }
    }

    private static void plant(Path home) throws IOException {
        Path deepest = home;
        for (int i = 0; i < DEPTH; i++) {
            deepest = deepest.resolve("d".repeat(NAME));
        }
        Files.createDirectories(deepest);
        for (int i = 0; i < DIRECTORIES; i++) {
            Files.createDirectory(deepest.resolve("e" + i));
        }
    }
}
