package dev.zeroftpd.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.FewBytesChannel;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.channel.ReadyChannel;
import dev.zeroftpd.transfer.form.TransferForm;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole transfers in every form through sockets, files and limits that take or give a random number of bytes a call: what
 * arrives is what was sent, and as many bytes are reported as travelled.
 */
class FewBytesPropertiesTest {

    /** A pipe so narrow that the sender waits for the reader all the time. */
    private static final int NARROW = 4 * 1024;

    @TempDir
    private static Path folder;

    private static TransferEngine engine;

    @BeforeAll
    static void start() throws IOException {
        engine = TransferEngine.start();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Property(seeds = 200)
    void receivesTheFileThatWasSent(long seed) throws Exception {
        Random random = new Random(seed);
        TransferForm form = form(random);
        byte[] content = text(random, 20_000);
        byte[] wire = travelling(content, form);
        MemoryFile file = new MemoryFile(few(random), another(random));
        Completion completion = new Completion();
        try (DataConnection connection = DataConnection.open(NARROW)) {
            engine.start(
                    request(
                            connection.server(),
                            new SinkStream(file, form, true, _ -> UnprovenEnd.Meaning.COMPLETE, null),
                            StreamReason.UPLOAD,
                            random),
                    completion);

            for (int from = 0; from < wire.length; ) {
                int count = Math.min(1 + random.nextInt(2 * NARROW), wire.length - from);
                write(connection.client(), ByteBuffer.wrap(wire, from, count));
                from += count;
            }
            connection.client().close();

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(completion.result().bytes()).isEqualTo(content.length);
            assertThat(completion.result().transmitted()).isEqualTo(wire.length);
            assertThat(file.published().orElseThrow()).isEqualTo(content);
        }
    }

    @Property(seeds = 200)
    void streamsTheFileFromAnyOffset(long seed) throws Exception {
        Random random = new Random(seed);
        TransferForm form = form(random);
        byte[] content = text(random, 20_000);
        int offset = form.ascii() ? 0 : random.nextInt(content.length + 1);
        byte[] wire = travelling(Arrays.copyOfRange(content, offset, content.length), form);
        SourceStream task = new SourceStream(new LocalFile(file(content)), offset, bytes -> form.encode(bytes, 0));
        Completion completion = new Completion();
        try (DataConnection connection = DataConnection.open(NARROW)) {
            engine.start(request(connection.server(), task, StreamReason.ASCII, random), completion);

            byte[] received = Chunked.drain(connection.client(), few(random), random);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(completion.result().bytes()).isEqualTo(received.length);
            assertThat(unpacked(received, form)).isEqualTo(unpacked(wire, form));
        }
    }

    @Property(seeds = 100)
    void sendsTheFileByZeroCopyFromAnyOffset(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] content = text(random, 300_000);
        int offset = random.nextInt(content.length + 1);
        Completion completion = new Completion();
        try (DataConnection connection = DataConnection.open(NARROW)) {
            engine.start(
                    new TransferRequest.ZeroCopy(
                            new LocalFile(file(content)),
                            offset,
                            connection.server(),
                            GenerousLimits.with(grants(random, 40_000)),
                            System.nanoTime()),
                    completion);

            byte[] received = Chunked.drain(connection.client(), 2 * NARROW, random);

            assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
            assertThat(completion.result().way()).isEqualTo(Way.zeroCopy());
            assertThat(completion.result().bytes()).isEqualTo(received.length);
            assertThat(received).isEqualTo(Arrays.copyOfRange(content, offset, content.length));
        }
    }

    private static TransferRequest.Stream request(
            SocketChannel socket, StreamTask task, StreamReason reason, Random random) throws IOException {
        DataChannel channel = new FewBytesChannel(new PlainDataChannel(socket), few(random), another(random));
        return new TransferRequest.Stream(
                new ReadyChannel(channel),
                task,
                reason,
                GenerousLimits.with(grants(random, few(random))),
                System.nanoTime());
    }

    /** Lets up to {@code most} bytes go each time it is asked, at once. */
    private static Throttle grants(Random random, int most) {
        Random own = another(random);
        return new Throttle() {
            @Override
            public Grant reserve(long wanted) {
                return new Grant(Math.min(wanted, 1 + own.nextInt(most)), 0);
            }

            @Override
            public void giveBack(long bytes) {}

            @Override
            public void close() {}
        };
    }

    private static TransferForm form(Random random) {
        return new TransferForm(
                random.nextBoolean(), random.nextBoolean() ? OptionalInt.of(random.nextInt(10)) : OptionalInt.empty());
    }

    /** The most bytes that something takes or gives a call: now and then one, now and then thousands. */
    private static int few(Random random) {
        return 1 + random.nextInt(1 << random.nextInt(1, 14));
    }

    /** Bytes of all values but CR, many of them line ends. */
    private static byte[] text(Random random, int most) {
        byte[] text = new byte[random.nextInt(most)];
        random.nextBytes(text);
        int rarity = 1 + random.nextInt(50);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\r' || random.nextInt(rarity) == 0) {
                text[i] = '\n';
            }
        }
        return text;
    }

    private static Random another(Random random) {
        return new Random(random.nextLong());
    }

    private static Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("content"), content);
    }

    private static byte[] travelling(byte[] content, TransferForm form) throws IOException {
        byte[] lines = form.ascii()
                ? new String(content, ISO_8859_1).replace("\n", "\r\n").getBytes(ISO_8859_1)
                : content;
        if (form.deflateLevel().isEmpty()) {
            return lines;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(lines);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(byte[] wire, TransferForm form) throws IOException {
        if (form.deflateLevel().isEmpty()) {
            return wire;
        }
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(wire))) {
            return inflater.readAllBytes();
        }
    }

    private static void write(SocketChannel socket, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }
}
