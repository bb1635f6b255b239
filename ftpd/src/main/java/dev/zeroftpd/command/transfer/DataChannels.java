package dev.zeroftpd.command.transfer;

import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.dataconnection.tls.SessionTls;
import dev.zeroftpd.transfer.channel.DataChannel;
import dev.zeroftpd.transfer.channel.DataChannelOpener;
import dev.zeroftpd.transfer.channel.NoDataConnectionException;
import dev.zeroftpd.transfer.channel.PlainDataChannel;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.ftpserver.DataConnectionException;
import org.apache.ftpserver.impl.FtpIoSession;

/** Makes a session's data connection ready for streaming: as it is, or protected if PROT P asks for it. Any thread. */
public final class DataChannels {

    private final Duration handshakeLimit;

    DataChannels(Duration handshakeLimit) {
        this.handshakeLimit = handshakeLimit;
    }

    /** Takes over {@code socket}, which is connected and known to no selector. */
    public DataChannelOpener opener(FtpIoSession session, SocketChannel socket, Direction direction) {
        return new Opener(session, socket, direction);
    }

    private final class Opener implements DataChannelOpener {

        private final FtpIoSession session;
        private final SocketChannel socket;
        private final Direction direction;

        Opener(FtpIoSession session, SocketChannel socket, Direction direction) {
            this.session = session;
            this.socket = socket;
            this.direction = direction;
        }

        @Override
        public DataChannel open() throws IOException {
            DataChannel plain = direction == Direction.UPLOAD
                    ? new PlainDataChannel(socket)
                    : PlainDataChannel.lingering(
                            socket, SessionDataConnection.of(session).habit());
            return session.getDataConnection().isSecure()
                    ? tls().secure(plain, handshakeLimit, direction != Direction.UPLOAD)
                    : plain;
        }

        private SessionTls tls() throws NoDataConnectionException {
            try {
                return SessionDataConnection.of(session).tls();
            } catch (DataConnectionException e) {
                throw new NoDataConnectionException(
                        Outcome.NoDataConnection.Reason.TLS_HANDSHAKE_FAILED, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void abandon() {
            PlainDataChannel.drop(socket);
        }
    }
}
