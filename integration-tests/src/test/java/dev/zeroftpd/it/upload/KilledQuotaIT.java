package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that is killed in the middle of uploads still knows of a home with a quota. */
class KilledQuotaIT {

    private static final int KILLS = Integer.getInteger("faults.kills", 4);

    private static final int RUNNING = 4;

    private static final byte[] CONTENT = PatternFile.bytes(0, 300_000);

    /** What one transfer may have taken and not written. */
    private static final long ONE_WRITE = 1 << 20;

    private static final Pattern COUNTED = Pattern.compile(" has \\d+ bytes in \\d+ files and directories"
            + "(?:: (?<bytes>-?\\d+) bytes and (?<files>-?\\d+) files more than were known)?");

    private record Upload(ControlClient client, DataClient data) {

        static Upload begin(ServerProcess server, String name) throws IOException {
            ControlClient client = ControlClient.login(server.address(), Account.ALICE);
            DataClient data = DataClient.connect(client.extendedPassive());
            client.expect(150, "STOR " + name);
            data.output().write(CONTENT);
            return new Upload(client, data);
        }

        void close() throws IOException {
            data.close();
            client.close();
        }
    }

    @Test
    void isOffByNoMoreThanTheTransfersThatRanAndTheNextCountTells(@TempDir Path folder) throws IOException {
        for (int i = 0; i < KILLS; i++) {
            ServerProcess server = LimitedServer.start(
                    folder, ServerOptions.standard(), "alice.quota-bytes=1GiB", "alice.quota-files=10000");
            Matcher counted = counted(server);
            if (i > 0) {
                assertThat(Math.abs(correction(counted, "bytes"))).isLessThanOrEqualTo(RUNNING * ONE_WRITE);
                assertThat(Math.abs(correction(counted, "files"))).isLessThanOrEqualTo(RUNNING);
            }
            assertThat(LimitedServer.number(LimitedServer.quota(server), "bytes"))
                    .isEqualTo(LimitedServer.bytesOnDisk(server));
            complete(server, "complete-" + i);
            List<Upload> running = new ArrayList<>();
            for (int j = 0; j < RUNNING; j++) {
                running.add(Upload.begin(server, "broken-" + i + "-" + j));
            }
            long known = LimitedServer.number(LimitedServer.quota(server), "bytes");
            server.kill();
            for (Upload upload : running) {
                upload.close();
            }
            assertThat(known).isGreaterThanOrEqualTo((long) CONTENT.length * (i + 1));
        }
    }

    /** What the count says that each start begins by itself after a kill: how far off the number was. */
    private static Matcher counted(ServerProcess server) throws IOException {
        server.awaitLogLine(line -> COUNTED.matcher(line).find());
        Matcher found = COUNTED.matcher(server.logText());
        assertThat(found.find()).isTrue();
        return found;
    }

    private static long correction(Matcher counted, String what) {
        @Nullable String more = counted.group(what);
        return more == null ? 0 : Long.parseLong(more);
    }

    private static void complete(ServerProcess server, String name) throws IOException {
        Upload upload = Upload.begin(server, name);
        upload.data().close();
        upload.client().expectReply(226);
        upload.client().close();
    }

    /** Without a count in between: the number itself outlives the kill. */
    @Test
    void whatWasCompleteIsKnownAtOnce(@TempDir Path folder) throws IOException {
        ServerProcess server = LimitedServer.start(folder, ServerOptions.standard(), "alice.quota-bytes=1GiB");
        counted(server);
        complete(server, "file");
        server.kill();
        try (ServerProcess again = LimitedServer.start(folder, ServerOptions.standard(), "alice.quota-bytes=1GiB")) {
            assertThat(LimitedServer.quota(again))
                    .containsEntry("bytes", CONTENT.length)
                    .containsEntry("files", 1);
            Matcher counted = counted(again);
            assertThat(correction(counted, "bytes")).isZero();
            assertThat(correction(counted, "files")).isZero();
        }
    }
}
