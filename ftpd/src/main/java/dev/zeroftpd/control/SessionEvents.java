package dev.zeroftpd.control;

import dev.zeroftpd.control.ban.AddressText;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.os.HostAndPort;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of sessions: the one place that knows who a session's client is. Stateless; any thread. Sessions of other
 * listeners than ours have none.
 */
public final class SessionEvents {

    private SessionEvents() {}

    /** False if making such an event of the session would be in vain. */
    public static boolean wants(FtpIoSession session, EventKind kind) {
        return events(session).wants(kind);
    }

    /** The session's account has done something. */
    public static void publish(FtpIoSession session, EventKind kind, Event.Deed deed, Ending ending) {
        Events events = events(session);
        if (events.wants(kind)) {
            events.publish(kind, client(session, userName(session), session.isSecure()), deed, ending);
        }
    }

    /**
     * A transfer has ended, or wasn't begun.
     *
     * @param tls whether the data connection was protected
     */
    public static void publishTransfer(
            FtpIoSession session, EventKind kind, boolean tls, Event.Deed deed, Ending ending) {
        Events events = events(session);
        if (events.wants(kind)) {
            events.publish(kind, client(session, userName(session), tls), deed, ending);
        }
    }

    /** Who the session's client is. */
    public static Event.Client client(FtpIoSession session) {
        return client(session, userName(session), session.isSecure());
    }

    /**
     * A log-in was refused.
     *
     * @param name that was tried, not longer than logs should have it
     */
    public static void loginFailed(FtpIoSession session, String name, String reason, String detail) {
        Events events = events(session);
        if (events.wants(EventKind.LOGIN_FAILED)) {
            events.publish(
                    EventKind.LOGIN_FAILED,
                    client(session, name, session.isSecure()),
                    Event.Deed.NONE,
                    new Ending.Refused(reason, detail));
        }
    }

    /** To be called before the session forgets its account; does nothing without a login. */
    @SuppressWarnings("JavaUtilDate") // Apache FtpServer's type
    public static void logout(FtpIoSession session) {
        if (session.isLoggedIn()) {
            @Nullable Date begun = session.getLoginTime();
            long lasted = begun == null ? 0 : System.currentTimeMillis() - begun.getTime();
            publish(
                    session,
                    EventKind.LOGOUT,
                    Event.Deed.NONE,
                    new Ending.Lasted(Duration.ofMillis(Math.max(0, lasted))));
        }
    }

    /** A connection was accepted. */
    static void connected(Events events, IoSession session) {
        if (events.wants(EventKind.CONNECT)) {
            events.publish(
                    EventKind.CONNECT,
                    client(session, "", isSecure(session)),
                    Event.Deed.NONE,
                    new Ending.Done(
                            session.getLocalAddress() instanceof InetSocketAddress local ? "to " + text(local) : ""));
        }
    }

    /** A connection was refused, or a session without a login is sent away. */
    static void refused(Events events, IoSession session, String reason, String detail) {
        if (events.wants(EventKind.REFUSED)) {
            events.publish(
                    EventKind.REFUSED,
                    client(session, "", isSecure(session)),
                    Event.Deed.NONE,
                    new Ending.Refused(reason, detail));
        }
    }

    /** An operator or administrator ends a session. */
    static void kicked(Events events, String by, SessionView seen) {
        String user = seen.user().orElse("");
        events.publish(
                EventKind.KICK,
                new Event.Client(seen.session(), user, AddressText.of(seen.address()), seen.tls()),
                Event.Deed.NONE,
                new Ending.Ordered(by));
    }

    private static Events events(IoSession session) {
        Optional<ControlConnection> connection = ControlConnection.find(session);
        return connection.isPresent() ? connection.get().events() : Events.NONE;
    }

    private static boolean isSecure(IoSession session) {
        return session.getFilterChain().contains(SslFilter.class);
    }

    private static Event.Client client(IoSession session, String user, boolean tls) {
        return new Event.Client(SessionId.of(session), user, address(session), tls);
    }

    private static String userName(FtpIoSession session) {
        @Nullable User user = session.getUser();
        return user == null ? "" : user.getName();
    }

    /** Without port. */
    private static String address(IoSession session) {
        SocketAddress remote = session.getRemoteAddress();
        return remote instanceof InetSocketAddress inet ? AddressText.of(inet.getAddress()) : "-";
    }

    private static String text(InetSocketAddress address) {
        return HostAndPort.text(address.getAddress().getHostAddress(), address.getPort());
    }
}
