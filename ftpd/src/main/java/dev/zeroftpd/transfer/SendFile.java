package dev.zeroftpd.transfer;

import dev.zeroftpd.transfer.channel.PeerFault;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/**
 * The one place that calls {@link FileChannel#transferTo}, because that call says "0" for three different things. Any
 * thread, one at a time for one socket.
 *
 * <p>Only a raw {@link SocketChannel} reaches {@code sendfile(2)}: any wrapper around it makes the JDK copy. The file
 * must lie on a device that {@link ZeroCopyProbe} allows, else the JDK silently falls back to copies.
 */
final class SendFile {

    private static final Progress FULL = new Progress.SocketFull();

    private SendFile() {}

    /**
     * Sends up to {@code count} bytes (1 or more) from {@code position} to a non-blocking socket.
     *
     * @throws IOException if file or socket fails; {@link #whoFailed} tells which
     */
    static Progress send(FileChannel file, long position, long count, SocketChannel socket) throws IOException {
        long moved = file.transferTo(position, count, socket);
        if (moved > 0) {
            return new Progress.Moved(moved);
        }
        long size = file.size();
        return size <= position ? new Progress.SourceEnded(size) : FULL;
    }

    /**
     * Says whose fault a failed {@link #send} was. The exception's message depends on the locale, so this asks both
     * ends: a failing file fails at the very same byte again, and a living peer answers a read.
     */
    static Outcome whoFailed(IOException failure, FileChannel file, long position, SocketChannel socket) {
        try {
            file.read(ByteBuffer.allocate(1), position);
        } catch (IOException e) {
            return LocalFailures.outcome(e);
        }
        try {
            if (socket.read(ByteBuffer.allocate(1)) >= 0) {
                return LocalFailures.outcome(failure);
            }
        } catch (IOException e) {
            return new Outcome.PeerClosed(PeerFault.words(failure));
        }
        return new Outcome.PeerClosed(PeerFault.words(failure));
    }
}
