package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that replaces a file of its own again and again, reads it back, lists, and makes and removes a directory, until the
 * server ends. It remembers what the server confirmed. Runs on one thread; others may look when that has ended.
 */
final class BusyClient {

    /** Small ones that never wait, and some that take many reads. */
    private static final int LARGEST = 600_000;

    /** A version's bytes begin so far behind those of the one before: each version is another file. */
    private static final int STEP = 11;

    private final String name;
    private int begun;
    private int confirmed;
    private final AtomicInteger rounds = new AtomicInteger();

    BusyClient(int number) {
        this.name = "file-" + number;
    }

    /** How often it has done everything. */
    int rounds() {
        return rounds.get();
    }

    private static byte[] content(int version) {
        int size = (int) (version * 104_729L % LARGEST);
        return PatternFile.bytes((long) version * STEP, version * STEP + size);
    }

    /** Returns when the server ends the session, which it may at any step. */
    void workUntilTheEnd(InetSocketAddress server) throws IOException {
        try (ControlClient client = ControlClient.login(server, Account.ALICE)) {
            client.command("RMD directory-of-" + name); // it may have been made just before a kill
            while (!isEnd(store(client, 0, content(++begun)))) {
                confirmed = begun;
                assertThat(DataClient.received(client, "RETR " + name)).isEqualTo(content(confirmed));
                assertThat(DataClient.received(client, "LIST")).isNotEmpty();
                client.expect(257, "MKD directory-of-" + name);
                client.expect(250, "RMD directory-of-" + name);
                rounds.incrementAndGet();
            }
        }
    }

    private static boolean isEnd(Reply reply) {
        return reply.code() != 226;
    }

    private Reply store(ControlClient client, int from, byte[] content) throws IOException {
        if (from > 0) {
            client.expect(350, "REST " + from);
        }
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR " + name);
            data.output().write(content, from, content.length - from);
        }
        return client.reply();
    }

    /** Asserts that the file on the disk is what was confirmed last, or what came after it, and neither mixed nor a part. */
    void assertWhole(Path home) throws IOException {
        Path file = home.resolve(name);
        if (confirmed == 0 && !Files.exists(file)) {
            return;
        }
        byte[] found = Files.readAllBytes(file);
        boolean isLast = Arrays.equals(found, content(begun));
        assertThat(isLast || (confirmed > 0 && Arrays.equals(found, content(confirmed))))
                .as("%s with %d bytes is version %d or %d", name, found.length, confirmed, begun)
                .isTrue();
        if (isLast) {
            confirmed = begun;
        }
    }

    /** Continues the upload that broke off, if the server has a part of it. Returns whether it had. */
    boolean resume(InetSocketAddress server, Path home) throws IOException {
        try (ControlClient client = ControlClient.login(server, Account.ALICE)) {
            Reply size = client.command("SIZE " + name);
            if (confirmed == begun || size.code() != 213) {
                return false;
            }
            int there = Integer.parseInt(size.text().substring("213 ".length()));
            if (Files.exists(home.resolve(name)) && there == Files.size(home.resolve(name))) {
                return false;
            }
            assertThat(there).isLessThanOrEqualTo(content(begun).length);
            assertThat(store(client, there, content(begun)).code()).isEqualTo(226);
        }
        assertThat(home.resolve(name)).hasBinaryContent(content(begun));
        confirmed = begun;
        return true;
    }
}
