package dev.zeroftpd.control.view;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees of one session at one moment. Immutable; any thread.
 *
 * @param session how it is called
 * @param user empty before the login
 * @param since when its client connected
 * @param idle time since the last command; zero during a transfer
 * @param directory where it is in its home; empty before the login
 */
public record SessionView(
        String session,
        Optional<String> user,
        InetAddress address,
        boolean tls,
        Instant since,
        Duration idle,
        Optional<String> directory,
        Optional<TransferView> transfer) {

    /** Empty if the session's socket is closed already. */
    public static Optional<SessionView> of(String id, FtpIoSession session, Optional<TransferView> transfer) {
        if (!(session.getRemoteAddress() instanceof InetSocketAddress remote)) {
            return Optional.empty();
        }
        Instant since = Instant.ofEpochMilli(session.getCreationTime());
        return Optional.of(new SessionView(
                id,
                Optional.ofNullable(session.getUser()).map(User::getName),
                remote.getAddress(),
                session.isSecure(),
                since,
                transfer.isPresent() ? Duration.ZERO : idle(session, since),
                directory(session.getFileSystemView()),
                transfer));
    }

    @SuppressWarnings("JavaUtilDate") // Apache FtpServer's type
    private static Duration idle(FtpIoSession session, Instant since) {
        @Nullable Date last = session.getLastAccessTime();
        Duration idle = Duration.between(last == null ? since : last.toInstant(), Instant.now());
        return idle.isNegative() ? Duration.ZERO : idle; // the clock was set back
    }

    /** As PWD says it, without a look at the disk. */
    private static Optional<String> directory(@Nullable FileSystemView files) {
        try {
            return files == null
                    ? Optional.empty()
                    : Optional.of(files.getWorkingDirectory().getAbsolutePath());
        } catch (FtpException ofEmbedder) {
            return Optional.empty();
        }
    }
}
