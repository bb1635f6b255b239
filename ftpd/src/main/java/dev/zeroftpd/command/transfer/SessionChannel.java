package dev.zeroftpd.command.transfer;

import dev.zeroftpd.dataconnection.DataConnectionRefusal;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.dataconnection.tls.SessionTls;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.transfer.TransferLimits;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.DataChannelOpener;
import dev.zeroftpd.transfer.channel.NoDataConnectionException;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.result.Direction;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.apache.ftpserver.DataConnectionException;
import org.apache.ftpserver.impl.FtpIoSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes a session's data connection ready for streaming: as it is, or protected if PROT P asks for it. Threads as {@link
 * DataChannelOpener} says.
 *
 * @param socket connected and known to no selector; taken over
 */
public record SessionChannel(FtpIoSession session, SocketChannel socket, Direction direction, TransferLimits limits)
        implements DataChannelOpener {

    private static final Logger LOG = LoggerFactory.getLogger(SessionChannel.class);

    /** Each transfer fails while an embedder's TLS does. */
    private static final FewLines FAILED = FewLines.perMinute(LOG, 60);

    @Override
    public DataChannel open() throws IOException {
        DataChannel plain = direction == Direction.UPLOAD
                ? new PlainDataChannel(socket)
                : PlainDataChannel.lingering(socket, limits.close());
        return session.getDataConnection().isSecure()
                ? tls().secure(plain, limits.handshake(), direction != Direction.UPLOAD)
                : plain;
    }

    private SessionTls tls() throws NoDataConnectionException {
        try {
            return SessionDataConnection.of(session).tls();
        } catch (DataConnectionException e) {
            FAILED.write(Level.WARN, () -> "A data connection can't be protected", e);
            throw new NoDataConnectionException(
                    e instanceof DataConnectionRefusal ours ? ours.words() : "its TLS can't be set up");
        }
    }

    @Override
    public void abandon() {
        PlainDataChannel.drop(socket);
    }
}
