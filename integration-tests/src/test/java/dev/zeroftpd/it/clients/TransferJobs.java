package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Jobs that move one file. Stateless. */
final class TransferJobs {

    static final String FILE = Cell.SOURCE + "/file";

    static final int SIZE = 3_000_000;

    /** What broke off came so far: no power of two, which would hide an implementation's block size. */
    private static final int BROKEN_AT = 1_000_001;

    private static final long FOUR_GIB = 4L << 30;

    /**
     * A hole up to here, so that no disk has to store 4 GiB; the pattern begins before the border to check across it.
     */
    private static final long HUGE_DATA_FROM = FOUR_GIB - 50_000;

    private static final long HUGE_BROKEN_AT = FOUR_GIB + 100_001;

    private static final long HUGE_SIZE = FOUR_GIB + 300_000;

    /** Slow enough that a client has gone before the file's end, and quick enough that bytes come at once. */
    static final Account SLOW = Account.ALICE.named("slow").withDownloadRate(1 << 20);

    private static final int ABORTED_SIZE = 20_000_000;

    private TransferJobs() {}

    /** Makes what the cells get. */
    static void prepare(Path home) throws IOException {
        Path source = Files.createDirectories(home.resolve(Cell.SOURCE.substring(1)));
        PatternFile.write(source.resolve("file"), SIZE);
    }

    static void download(Cell cell) throws IOException {
        cell.client().get(cell.site(), FILE, cell.local("got"));

        Cell.expectSame(cell.local("got"), cell.onServer(FILE));
    }

    static void resume(Cell cell) throws IOException {
        Path file = PatternFile.write(cell.onServer(cell.remote("file")), SIZE);
        Files.write(cell.local("got"), PatternFile.bytes(0, BROKEN_AT));

        cell.client().resumeGet(cell.site(), cell.remote("file"), cell.local("got"));

        Cell.expectSame(cell.local("got"), file);
        cell.expectSent("REST " + BROKEN_AT);
        cell.expectTransferred(cell.remote("file"), SIZE - BROKEN_AT);
    }

    static void resumeBeyondFourGibibytes(Cell cell) throws IOException {
        PatternFile.writeSparse(cell.onServer(cell.remote("huge")), HUGE_DATA_FROM, HUGE_SIZE);
        Path got = PatternFile.writeSparse(cell.local("got"), HUGE_DATA_FROM, HUGE_BROKEN_AT);

        cell.client().resumeGet(cell.site(), cell.remote("huge"), got);

        expectHuge(got);
        cell.expectSent("REST " + HUGE_BROKEN_AT);
        cell.expectTransferred(cell.remote("huge"), HUGE_SIZE - HUGE_BROKEN_AT);
    }

    static void upload(Cell cell) throws IOException {
        Path file = PatternFile.write(cell.local("file"), SIZE);

        cell.client().put(cell.site(), file, cell.remote("file"));

        Cell.expectSame(cell.onServer(cell.remote("file")), file);
        assertThat(cell.serverNames()).containsExactly("file");
    }

    static void resumeUpload(Cell cell) throws IOException {
        Path file = PatternFile.write(cell.local("file"), SIZE);
        breakOff(cell, cell.remote("file"));

        cell.client().resumePut(cell.site(), file, cell.remote("file"));

        Cell.expectSame(cell.onServer(cell.remote("file")), file);
        assertThat(cell.serverNames()).containsExactly("file");
        cell.expectTransferred(cell.remote("file"), SIZE - BROKEN_AT);
    }

    /** Uploads the file's beginning and leaves with RST. */
    private static void breakOff(Cell cell, String remote) throws IOException {
        try (ControlClient client = ControlClient.login(cell.server().address(), Account.ALICE)) {
            DataClient data = DataClient.connect(client.extendedPassive());
            client.expect(150, "STOR " + remote);
            data.output().write(PatternFile.bytes(0, BROKEN_AT));
            await().until(() -> client.expect(211, "STAT").text().contains(" " + BROKEN_AT + " bytes"));
            data.reset();
            client.expectReply(426);
        }
    }

    static void resumeUploadBeyondFourGibibytes(Cell cell) throws IOException {
        Path file = PatternFile.writeSparse(cell.local("huge"), HUGE_DATA_FROM, HUGE_SIZE);
        Path stored = cell.onServer(cell.remote("huge"));
        PatternFile.writeSparse(stored, HUGE_DATA_FROM, HUGE_BROKEN_AT);

        cell.client().resumePut(cell.site(), file, cell.remote("huge"));

        expectHuge(stored);
        cell.expectTransferred(cell.remote("huge"), HUGE_SIZE - HUGE_BROKEN_AT);
    }

    /** The hole is looked at where it begins: reading 4 GiB of zeros would tell no more. */
    private static void expectHuge(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer beginning = ByteBuffer.allocate(100_000);
            assertThat(channel.read(beginning, 0)).isPositive();
            assertThat(beginning.array()).containsOnly(0);
        }
        try (InputStream data = Files.newInputStream(file)) {
            data.skipNBytes(HUGE_DATA_FROM);
            PatternFile.assertRest(data, HUGE_DATA_FROM, HUGE_SIZE);
        }
    }

    static void append(Cell cell) throws IOException {
        Path stored = cell.onServer(cell.remote("log"));
        Files.writeString(stored, "first\n");
        Path more = Files.writeString(cell.local("more"), "second\n");

        cell.client().append(cell.site(), more, cell.remote("log"));

        assertThat(stored).hasContent("first\nsecond\n");
        cell.expectSent("APPE ");
    }

    static void empty(Cell cell) throws IOException {
        Files.createFile(cell.onServer(cell.remote("empty")));

        cell.client().get(cell.site(), cell.remote("empty"), cell.local("got"));

        assertThat(cell.local("got")).isEmptyFile();
        if (cell.client().offers(Job.UPLOAD)) {
            Path nothing = Files.createFile(cell.local("nothing"));
            cell.client().put(cell.site(), nothing, cell.remote("nothing"));
            assertThat(cell.onServer(cell.remote("nothing"))).isEmptyFile();
        }
    }

    static void ascii(Cell cell) throws IOException {
        String text = "eins\nzwei\n\nvier\n".repeat(5_000);
        Files.writeString(cell.onServer(cell.remote("text")), text);

        cell.client().getText(cell.site(), cell.remote("text"), cell.local("got"));

        assertThat(Files.readString(cell.local("got")))
                .isEqualTo(text.replace("\n", cell.client().lineEnd()));
        if (cell.client().offers(Job.UPLOAD)) {
            Path sent = Files.writeString(cell.local("sent"), text);
            cell.client().putText(cell.site(), sent, cell.remote("sent"));
            assertThat(Files.readString(cell.onServer(cell.remote("sent")))).isEqualTo(text);
        }
        cell.server().awaitLogLine(line -> line.contains(cell.remote("text")) && line.contains("streamed: ASCII type"));
    }

    static void abort(Cell cell) throws IOException {
        Path file = PatternFile.write(cell.onServer(cell.remote("file")), ABORTED_SIZE);

        cell.client().abortGet(cell.site().with(SLOW), cell.remote("file"), cell.local("got"));

        String line = cell.server().awaitLogLine(logged -> logged.contains("\"" + cell.remote("file") + "\""));
        assertThat(line).containsAnyOf("aborted", "closed by client");
        cell.expectClosed(file);
        download(cell);
    }
}
