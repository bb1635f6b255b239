package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import java.net.InetSocketAddress;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.listener.Listener;
import org.jspecify.annotations.Nullable;

/** SITE WHO: who is logged in at any listener, since when. Runs on the session's mailbox. */
public final class SiteWho implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add("Logged in:");
        for (Listener listener : context.getListeners().values()) {
            for (FtpIoSession other : listener.getActiveSessions()) {
                @Nullable User user = other.getUser();
                if (user != null) {
                    lines.add(" " + describe(other, user));
                }
            }
        }
        lines.add("End.");
        Replies.okay(session, String.join("\n", lines));
    }

    private static String describe(FtpIoSession session, User user) {
        String address = session.getRemoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "-";
        return "%s %s since %s, last command %s"
                .formatted(user.getName(), address, text(session.getLoginTime()), text(session.getLastAccessTime()));
    }

    @SuppressWarnings("JavaUtilDate") // Apache FtpServer's type
    private static String text(@Nullable Date time) {
        return time == null
                ? "-"
                : time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
