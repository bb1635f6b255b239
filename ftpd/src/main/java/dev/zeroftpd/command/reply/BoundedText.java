package dev.zeroftpd.command.reply;

import dev.zeroftpd.charset.FileName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.BooleanSupplier;

/** A listing for the control connection, bounded in bytes and in time. Used by one thread. */
public final class BoundedText implements WritableByteChannel {

    private final int limit;
    private final BooleanSupplier late;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public BoundedText(int limit) {
        this(limit, () -> false);
    }

    public BoundedText(int limit, BooleanSupplier late) {
        this.limit = limit;
        this.late = late;
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        byte[] taken = new byte[count];
        source.get(taken);
        bytes.writeBytes(taken);
        return count;
    }

    /** False once a limit is reached; the walk then stops. */
    @Override
    public boolean isOpen() {
        return bytes.size() < limit && !late.getAsBoolean();
    }

    @Override
    public void close() {}

    /** What was written, up to its last line end, lines ending with LF as replies are made of them. */
    public String lines() {
        String text = FileName.decode(bytes.toByteArray(), 0, bytes.size()).replace("\r\n", "\n");
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }
}
