package dev.zeroftpd.transfer.form;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * TYPE A and MODE Z: the result doesn't depend on the sizes of blocks, a damaged stream is an error and no endless loop,
 * and what was deflated comes back.
 */
public final class FormFuzzer {

    /** What one input may become: more than any honest one of its size in TYPE A, and a bound for hostile ones in MODE Z. */
    private static final int MOST_BYTES = 1 << 22;

    private FormFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
        int in = data.consumeInt(1, 40);
        int out = data.consumeInt(8, 40);
        int level = data.consumeInt(0, 9);
        byte[] bytes = data.consumeRemainingAsBytes();
        assertSame(convert(new AsciiSending(), bytes, in, out), convert(new AsciiSending(), bytes, 4096, 9000));
        assertSame(convert(new AsciiReceiving(), bytes, in, out), convert(new AsciiReceiving(), bytes, 4096, 9000));
        byte[] deflated = convert(new ModeZDeflation(level), bytes, in, out);
        assertSame(convert(new ModeZInflation(), deflated, out, in + 8), bytes);
        try {
            convert(new ModeZInflation(), bytes, in, out);
        } catch (DamagedStreamException expected) {
            // most inputs are
        }
    }

    private static byte[] convert(Conversion conversion, byte[] bytes, int in, int out) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        ByteBuffer target = ByteBuffer.allocate(out);
        try (conversion) {
            for (int from = 0; from < bytes.length; from += in) {
                ByteBuffer source = ByteBuffer.wrap(bytes, from, Math.min(in, bytes.length - from));
                do {
                    int before = source.remaining();
                    conversion.convert(source, target);
                    if (drain(target, result) == 0 && before > 0 && source.remaining() == before) {
                        throw new IllegalStateException("stands still");
                    }
                } while (source.hasRemaining() && result.size() < MOST_BYTES);
            }
            while (!conversion.finish(target) && result.size() < MOST_BYTES) {
                drain(target, result);
            }
            drain(target, result);
        }
        return result.toByteArray();
    }

    private static int drain(ByteBuffer target, ByteArrayOutputStream result) {
        byte[] bytes = new byte[target.flip().remaining()];
        target.get(bytes).clear();
        result.writeBytes(bytes);
        return bytes.length;
    }

    private static void assertSame(byte[] one, byte[] other) {
        if (!Arrays.equals(one, other)) {
            throw new IllegalStateException(Arrays.toString(one) + " and " + Arrays.toString(other));
        }
    }
}
