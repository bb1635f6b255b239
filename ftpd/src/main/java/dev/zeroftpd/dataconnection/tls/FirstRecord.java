package dev.zeroftpd.dataconnection.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Reads the first TLS record from a socket before the JDK does, for code that must inspect it. Blocks. */
final class FirstRecord {

    private static final int HEADER = 5;

    private FirstRecord() {}

    /** The record, or as much of it as came; at most 64 KiB. */
    static byte[] read(Socket socket) throws IOException {
        InputStream stream = socket.getInputStream();
        byte[] header = stream.readNBytes(HEADER);
        if (header.length < HEADER) {
            return header;
        }
        byte[] content =
                stream.readNBytes(Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(3)));
        return ByteBuffer.allocate(HEADER + content.length)
                .put(header)
                .put(content)
                .array();
    }
}
