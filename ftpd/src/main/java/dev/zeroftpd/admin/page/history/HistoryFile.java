package dev.zeroftpd.admin.page.history;

import dev.zeroftpd.os.AtomicReplacement;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.OwnDirectory;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code history} in the directory of the server's state. One thread at a time.
 *
 * <p>Compressed, with the checksum that this brings. It is worth less than a start: what can't be read is left out.
 */
final class HistoryFile {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);

    /** Says what it is and in which form; another form has another one. */
    private static final int MAGIC = 0x5A464831;

    /** Several times what a full ring takes that can't be compressed. */
    private static final long MOST_BYTES = 4L << 20;

    /** So that the numbers don't go through the compression one by one. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path file;

    HistoryFile(Path directory) {
        this.file = directory.resolve("history");
    }

    /** What the file has, into {@code history}; nothing if it isn't there or is damaged. */
    void readInto(History history) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it is larger than " + MOST_BYTES + " bytes");
            }
            read(Files.readAllBytes(file), history);
        } catch (NoSuchFileException none) {
            LOG.debug("There is no history yet", none);
        } catch (IOException e) {
            LOG.warn(
                    "The history of the live page begins anew, because {} can't be read: {}",
                    file,
                    FailureReason.of(e));
        }
    }

    private static void read(byte[] bytes, History history) throws IOException {
        int[] stamps = new int[History.SLOTS];
        float[] numbers = new float[History.SLOTS * Column.NUMBERS];
        InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes));
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(unpacked, BUFFER_BYTES))) {
            if (in.readInt() != MAGIC || in.readInt() != History.SLOTS || in.readInt() != Column.NUMBERS) {
                throw new IOException("it has another form");
            }
            for (int i = 0; i < stamps.length; i++) {
                stamps[i] = in.readInt();
            }
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readFloat();
            }
            if (in.read() >= 0) { // the checksum is compared here
                throw new IOException("it is too long");
            }
        }
        putAll(stamps, numbers, history);
    }

    /** Only what is as it should be: a number that is none would spoil the page. */
    private static void putAll(int[] stamps, float[] numbers, History history) {
        for (int slot = 0; slot < stamps.length; slot++) {
            float[] sample = new float[Column.NUMBERS];
            System.arraycopy(numbers, slot * Column.NUMBERS, sample, 0, Column.NUMBERS);
            if (stamps[slot] > 0 && areNumbers(sample)) {
                history.put(stamps[slot], sample);
            }
        }
    }

    private static boolean areNumbers(float[] sample) {
        for (float number : sample) {
            if (!Float.isFinite(number) || number < 0) {
                return false;
            }
        }
        return true;
    }

    /** Replaces it in one step. */
    void write(History history) throws IOException {
        int[] stamps = new int[History.SLOTS];
        float[] numbers = new float[History.SLOTS * Column.NUMBERS];
        history.copyTo(stamps, numbers);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream packing = new GZIPOutputStream(bytes);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(packing, BUFFER_BYTES))) {
            out.writeInt(MAGIC);
            out.writeInt(History.SLOTS);
            out.writeInt(Column.NUMBERS);
            for (int stamp : stamps) {
                out.writeInt(stamp);
            }
            for (float number : numbers) {
                out.writeFloat(number);
            }
        }
        OwnDirectory.make(Objects.requireNonNull(file.getParent()));
        AtomicReplacement.writeOwn(file, bytes.toByteArray());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
