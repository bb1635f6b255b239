package dev.zeroftpd.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.DataChannelOpener;
import dev.zeroftpd.transfer.channel.ForwardingDataChannel;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.form.TransferForm;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.StreamReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receiving over real sockets: what is published, and what is not. */
class SinkStreamTest {

    private static final TransferForm IMAGE = new TransferForm(false, OptionalInt.empty());

    private static final TransferForm TEXT = new TransferForm(true, OptionalInt.empty());
    private static final TransferForm PACKED_TEXT = new TransferForm(true, OptionalInt.of(6));
    private static final TransferForm PACKED = new TransferForm(false, OptionalInt.of(6));

    private TransferEngine engine;
    private DataConnection connection;
    private TransferLimits limits = GenerousLimits.limits();
    private final MemoryFile sink = new MemoryFile();
    private final Completion completion = new Completion();

    /** What an unproven end means, and what was asked for it. */
    private volatile UnprovenEnd.Meaning meaning = UnprovenEnd.Meaning.COMPLETE;

    private final List<Boolean> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        engine = TransferEngine.start();
        connection = DataConnection.open();
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        engine.close();
    }

    @Test
    void publishesWhatCameWhenThePeerEndsWell() throws IOException {
        byte[] content = new byte[5_000_000];
        new SplittableRandom(4).nextBytes(content);
        receive(IMAGE, true);

        send(content);
        connection.client().close();

        assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(completion.result().bytes()).isEqualTo(content.length);
        assertThat(sink.published()).hasValue(content);
    }

    @Test
    void publishesNothingWhereTheClientVanishedAndThatCounts() throws IOException {
        meaning = UnprovenEnd.Meaning.BROKEN;
        receive(IMAGE, true);
        send(new byte[10]);
        connection.client().close();
        assertThat(completion.outcome()).isEqualTo(new Outcome.ClientVanished());
        assertThat(sink.interruptedBy()).hasValue(new Outcome.ClientVanished());
        assertThat(sink.published()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void replacesNoFileWhereTheClientVanished(boolean exists) throws IOException {
        meaning = UnprovenEnd.Meaning.COMPLETE_IF_NEW;
        if (exists) {
            sink.takeOldPlace();
        }
        receive(IMAGE, true);
        connection.client().close();
        assertThat(completion.outcome()).isEqualTo(exists ? new Outcome.ClientVanished() : new Outcome.Completed());
        assertThat(sink.published().isPresent()).isEqualTo(!exists);
        assertThat(asked).containsExactly(exists);
    }

    @Test
    void takesTheEndOfACompressedFileForProof() throws IOException {
        meaning = UnprovenEnd.Meaning.BROKEN;
        receive(PACKED, true);
        send(packed(new byte[10]));
        connection.client().close();
        assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(asked).isEmpty();
    }

    @Test
    void takesAGoodbyeForProof() throws IOException {
        meaning = UnprovenEnd.Meaning.BROKEN;
        receive(IMAGE, true, socket -> new ForwardingDataChannel(new PlainDataChannel(socket)) {
            @Override
            public boolean peerEndIsProof() {
                return true;
            }
        });
        connection.client().close();
        assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(asked).isEmpty();
    }

    @Test
    void doubtsAnEndWithoutGoodbyeThatIsForgiven() throws IOException {
        meaning = UnprovenEnd.Meaning.BROKEN;
        receive(IMAGE, false, this::cutShort);
        connection.client().close();
        assertThat(completion.outcome()).isEqualTo(new Outcome.ClientVanished());
    }

    @Test
    void keepsWhatCameBeforeAReset() throws IOException {
        receive(IMAGE, true);
        send(new byte[10]);
        sink.awaitBytes(10);

        connection.resetByClient();

        assertThat(completion.outcome()).isInstanceOf(Outcome.PeerClosed.class);
        assertThat(sink.published()).isEmpty();
        assertThat(sink.interruptedBy()).containsInstanceOf(Outcome.PeerClosed.class);
    }

    @Test
    void endsLinesAsThisMachineDoes() throws IOException {
        receive(TEXT, true);

        send("one\r\ntwo\rthree\r".getBytes(ISO_8859_1));
        connection.client().close();

        assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(sink.published()).hasValue("one\ntwo\rthree\r".getBytes(ISO_8859_1));
    }

    @Test
    void unpacksBeforeItConvertsLines() throws IOException {
        receive(PACKED_TEXT, true);

        send(packed("one\r\ntwo\r".getBytes(ISO_8859_1)));
        connection.client().close();

        assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(sink.published()).hasValue("one\ntwo\r".getBytes(ISO_8859_1));
    }

    @Test
    void doesNotPublishCompressedDataThatEndsTooEarly() throws IOException {
        byte[] packed = packed(new byte[100_000]);
        receive(PACKED, true);

        send(Arrays.copyOf(packed, packed.length - 1));
        connection.client().close();

        assertThat(completion.outcome()).isInstanceOf(Outcome.PeerClosed.class);
        assertThat(sink.published()).isEmpty();
    }

    @Test
    void doesNotPublishWhatAnUncleanEndMayHaveCutShort() throws IOException {
        receive(IMAGE, true, this::cutShort);

        send(new byte[10]);
        connection.client().close();

        assertThat(completion.outcome()).isEqualTo(new Outcome.TlsTruncated());
        assertThat(sink.published()).isEmpty();
    }

    @Test
    void forgivesAnUncleanEndWhereThatIsAllowed() throws IOException {
        receive(IMAGE, false, this::cutShort);

        send(new byte[10]);
        connection.client().close();

        assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(sink.published()).hasValue(new byte[10]);
    }

    @Test
    void saysWhatPublishingFailedOf() throws IOException {
        sink.failToPublish(new IOException("No space left on device"));
        receive(IMAGE, true);

        connection.client().close();

        assertThat(completion.outcome()).isEqualTo(new Outcome.DiskFull("No space left on device"));
    }

    @Test
    void countsNoByteOfAnEmptyFile() throws IOException {
        byte[] packed = packed(new byte[0]);
        receive(PACKED, true);
        send(packed);
        connection.client().close();

        assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(completion.result().bytes()).isZero();
        assertThat(completion.result().transmitted()).isEqualTo(packed.length);
    }

    @Test
    @Tag("attack")
    void countsAndChargesWhatReachesTheFile() throws IOException {
        byte[] content = new byte[5_000_000];
        byte[] packed = packed(content);
        AtomicLong charged = new AtomicLong();
        limits = GenerousLimits.with(new Throttle() {
            @Override
            public Grant reserve(long wanted) {
                charged.addAndGet(wanted);
                return new Grant(wanted, 0);
            }

            @Override
            public void giveBack(long bytes) {
                charged.addAndGet(-bytes);
            }

            @Override
            public void close() {}
        });
        receive(PACKED, true);
        send(packed);
        connection.client().close();

        assertThat(completion.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(completion.result().bytes()).isEqualTo(content.length);
        assertThat(completion.result().transmitted()).isEqualTo(packed.length);
        assertThat(charged.get()).isBetween((long) content.length, (long) content.length + packed.length);
    }

    @Test
    @Tag("attack")
    void stopsWritingWhatAFewBytesBecomeOnceItIsAborted() throws Exception {
        CountDownLatch slowedDown = new CountDownLatch(1);
        limits = GenerousLimits.with(new Throttle() {
            @Override
            public Grant reserve(long wanted) {
                if (sink.size() == 0) {
                    return new Grant(wanted, 0);
                }
                slowedDown.countDown();
                return new Grant(wanted, TimeUnit.HOURS.toNanos(1));
            }

            @Override
            public void giveBack(long bytes) {}

            @Override
            public void close() {}
        });
        Transfer transfer = receive(PACKED, true);
        send(packed(new byte[50_000_000]));
        slowedDown.await();
        transfer.cancel(Outcome.Aborted.Cause.ABOR);

        assertThat(completion.outcome()).isEqualTo(new Outcome.Aborted(Outcome.Aborted.Cause.ABOR));
        assertThat(sink.size()).isLessThan(1_000_000);
    }

    private Transfer receive(TransferForm form, boolean demandCleanEnd) {
        return receive(form, demandCleanEnd, PlainDataChannel::new);
    }

    @FunctionalInterface
    private interface Wrapping {
        DataChannel wrap(SocketChannel socket) throws IOException;
    }

    private Transfer receive(TransferForm form, boolean demandCleanEnd, Wrapping wrapping) {
        DataChannelOpener opener = new DataChannelOpener() {
            @Override
            public DataChannel open() throws IOException {
                return wrapping.wrap(connection.server());
            }

            @Override
            public void abandon() {
                PlainDataChannel.drop(connection.server());
            }
        };
        return engine.start(
                new TransferRequest.Stream(
                        opener,
                        new SinkStream(
                                sink,
                                form,
                                demandCleanEnd,
                                replaces -> {
                                    asked.add(replaces);
                                    return meaning;
                                },
                                null),
                        StreamReason.UPLOAD,
                        limits,
                        System.nanoTime()),
                completion);
    }

    /** A channel whose peer never says good-bye, as TLS sees a forged FIN. */
    private DataChannel cutShort(SocketChannel socket) throws IOException {
        return new ForwardingDataChannel(new PlainDataChannel(socket)) {
            @Override
            public boolean peerEndedCleanly() {
                return false;
            }
        };
    }

    private void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            connection.client().write(left);
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(bytes);
        }
        return packed.toByteArray();
    }
}
