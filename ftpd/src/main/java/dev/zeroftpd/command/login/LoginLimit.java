package dev.zeroftpd.command.login;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.ftpserver.ConnectionConfig;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.ServerFtpStatistics;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginRequest;
import org.jspecify.annotations.Nullable;

/** Decides by the limits of the server and of the account whether one more login is allowed. Stateless; any thread. */
final class LoginLimit {

    private LoginLimit() {}

    /** Why {@code name} may not log in now; 0 in a limit means none. */
    static Optional<String> refusal(FtpIoSession session, FtpServerContext context, String name) {
        ServerFtpStatistics statistics = (ServerFtpStatistics) context.getFtpStatistics();
        ConnectionConfig config = context.getConnectionConfig();
        if (reached(config.getMaxLogins(), statistics.getCurrentLoginNumber())) {
            return Optional.of("Too many users are logged in, try again later.");
        }
        if (UserManager.ANONYMOUS.equals(name)
                && reached(config.getMaxAnonymousLogins(), statistics.getCurrentAnonymousLoginNumber())) {
            return Optional.of("Too many anonymous users are logged in, try again later.");
        }
        return Optional.empty();
    }

    /** Why the account may not have another session. */
    static Optional<String> refusal(FtpIoSession session, FtpServerContext context, User account) {
        ServerFtpStatistics statistics = (ServerFtpStatistics) context.getFtpStatistics();
        @Nullable
        InetAddress address = session.getRemoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
        ConcurrentLoginRequest oneMore = new ConcurrentLoginRequest(
                statistics.getCurrentUserLoginNumber(account) + 1,
                statistics.getCurrentUserLoginNumber(account, address) + 1);
        return account.authorize(oneMore) == null
                ? Optional.of("This account has too many sessions, try again later.")
                : Optional.empty();
    }

    private static boolean reached(int limit, int current) {
        return limit > 0 && current >= limit;
    }
}
