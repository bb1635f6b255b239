package dev.zeroftpd.command;

import dev.zeroftpd.storage.FileName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A listing for the control connection, which takes only so many bytes. Used by one thread. */
final class BoundedText implements WritableByteChannel {

    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BoundedText(int limit) {
        this.limit = limit;
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        byte[] taken = new byte[count];
        source.get(taken);
        bytes.writeBytes(taken);
        return count;
    }

    /** False once the limit is reached, so that whoever lists stops there. */
    @Override
    public boolean isOpen() {
        return bytes.size() < limit;
    }

    @Override
    public void close() {}

    /** What was written, up to its last line end, lines ending with LF as replies are made of them. */
    String lines() {
        String text = FileName.decode(bytes.toByteArray(), 0, bytes.size()).replace("\r\n", "\n");
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }
}
