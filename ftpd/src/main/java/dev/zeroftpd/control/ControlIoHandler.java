package dev.zeroftpd.control;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.control.mailbox.Letter;
import dev.zeroftpd.control.proxy.ProxiedSession;
import dev.zeroftpd.control.reply.AnsweringSession;
import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.control.trace.SessionLines;
import dev.zeroftpd.control.trace.Traces;
import dev.zeroftpd.dataconnection.proxy.ProxiedClient;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.event.Events;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.ipfilter.SessionFilter;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * MINA's side of a listener: admits or refuses connections, wraps MINA's sessions for Apache FtpServer, and passes
 * their events to the {@link ControlHandler}. Called by I/O threads.
 */
final class ControlIoHandler extends IoHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ControlIoHandler.class);

    private static final FewLines FAULTS = FewLines.perMinute(LOG, 20);
    private static final AttributeKey PREFIX = new AttributeKey(ControlIoHandler.class, "prefix");
    private static final AttributeKey REFUSAL = new AttributeKey(ControlIoHandler.class, "refusal");

    /** One line in each ten minutes: it is for the operator, and strangers cause it. */
    private static final FewLines CROWDS = new FewLines(LOG, 1, Duration.ofMinutes(10), InstantSource.system());

    private final FtpServerContext context;
    private final ControlSettings settings;
    private final CommandRunner runner;
    private final ControlHandler handler;
    private final ZeroCopyListener listener;
    private final ControlConnections ours = new ControlConnections(SessionLimits.NONE, Events.NONE);
    private final ControlTls tls;

    ControlIoHandler(FtpServerContext context, ControlSettings settings, ZeroCopyListener listener) {
        this.context = context;
        this.settings = settings;
        this.listener = listener;
        this.tls = ControlTls.of(settings.tls(), Optional.ofNullable(listener.getSslConfiguration()));
        this.runner =
                new CommandRunner(context, settings.rules(), settings.terms().tlsRequired(), settings.answered());
        this.handler = new ControlHandler(
                context, runner, settings.rules(), settings.terms().banners());
        handler.init(context, listener);
    }

    /** The connections of this listener only. */
    ControlConnections connections() {
        return ours;
    }

    @Override
    public void sessionCreated(IoSession session) throws Exception {
        if (!(session.getRemoteAddress() instanceof InetSocketAddress remote)) {
            session.closeNow();
            return;
        }
        SessionFilter sessionFilter = listener.getSessionFilter();
        if (sessionFilter != null && !sessionFilter.accept(session)) {
            LOG.debug("{} is not allowed to connect", remote);
            SessionEvents.refused(settings.connections().events(), session, "filtered", "not allowed to connect");
            session.closeNow();
            return;
        }
        AddressPrefix from = settings.connections().prefixOf(remote.getAddress());
        switch (settings.connections().admit(from)) {
            case ADMITTED -> {
                session.setAttribute(PREFIX, from);
                try {
                    admitted(session, from);
                } catch (Exception | Error failed) {
                    if (ControlConnection.find(session).isEmpty()) { // otherwise its end gives the place back
                        settings.connections().withdraw(from);
                    }
                    throw failed;
                }
            }
            case FULL -> refuse(session, "full", "Too many connections, try again later.");
            case TOO_MANY_FROM_ADDRESS -> {
                warnOfCrowd(from);
                refuse(session, "address-limit", "Too many connections from your address, try again later.");
            }
            case SHUTTING_DOWN -> refuse(session, "shutting-down", "Shutting down.");
        }
    }

    /** Behind a load balancer or NAT all clients have one address, and the operator should know. */
    private void warnOfCrowd(AddressPrefix from) {
        ControlConnections all = settings.connections();
        all.events()
                .log(() -> CROWDS.write(
                        Level.WARN,
                        () -> "Refused a connection from " + from + ", which has " + all.count(from) + " of "
                                + all.count()
                                + " sessions; if many clients share that address, raise limits.sessions-per-address"));
    }

    /** A refused client is not counted, so it gets nothing that lasts: no TLS handshake to be told the reason in. */
    private void refuse(IoSession session, String reason, String why) {
        SessionEvents.refused(settings.connections().events(), session, reason, why);
        if (listener.isImplicitSsl()) {
            session.closeNow();
        } else {
            session.setAttribute(REFUSAL, why);
        }
    }

    private void admitted(IoSession session, AddressPrefix from) throws Exception {
        if (listener.isImplicitSsl()) {
            session.getFilterChain().addFirst("tls", tls.newFilter());
        }
        ControlConnection connection = ControlConnection.open(session, runner, tls, settings, from);
        ours.admit(from);
        ours.opened(connection);
        settings.connections().opened(connection);
        FtpIoSession ftpSession = new FtpIoSession(session, context);
        handler.sessionCreated(ftpSession);
        settings.dataConnections().create(context, ftpSession, proxied(session));
        SessionEvents.connected(settings.connections().events(), session);
    }

    private Optional<ProxiedClient> proxied(IoSession session) {
        return settings.terms().proxies().isPresent() && session instanceof ProxiedSession behindBalancer
                ? Optional.of(behindBalancer.client())
                : Optional.empty();
    }

    @Override
    public void sessionOpened(IoSession session) {
        if (ControlConnection.find(session).isPresent()) {
            handler.sessionOpened(new FtpIoSession(session, context));
        } else if (session.getAttribute(REFUSAL) instanceof String why) {
            LOG.debug("Refusing {}: {}", session.getRemoteAddress(), why);
            session.write(Reply.goodbye(why));
            session.closeOnFlush();
        }
    }

    @Override
    public void messageReceived(IoSession session, Object message) {
        if (ControlConnection.find(session).isEmpty() || !(message instanceof Line line)) {
            return;
        }
        switch (line) {
            case Line.Text text -> {
                FtpRequest request = new ControlRequest(text.text(), System.currentTimeMillis());
                trace(session, request);
                handler.messageReceived(AnsweringSession.of(session, context, settings.rules(), request), request);
            }
            case Line.TooLong tooLong ->
                handler.badLine(new FtpIoSession(session, context), Reply.tooLongLine(tooLong.limit()));
            case Line.Malformed _ -> handler.badLine(new FtpIoSession(session, context), Reply.malformedLine());
        }
    }

    private void trace(IoSession session, FtpRequest request) {
        Traces traces = settings.connections().traces();
        if (traces.areWanted()) {
            SessionLines.received(
                    traces,
                    SessionId.of(session),
                    runner.ftpSession(session),
                    request,
                    settings.rules().telling(request));
        }
    }

    /** Shows a reply to operators who trace the session. */
    void trace(IoSession session, FtpReply reply) {
        Traces traces = settings.connections().traces();
        if (traces.areWanted()) {
            SessionLines.sent(traces, SessionId.of(session), runner.ftpSession(session), reply);
        }
    }

    /** The client has closed its side, and all that it sent is in the mailbox: the close is queued behind it. */
    @Override
    public void inputClosed(IoSession session) {
        ControlConnection.find(session)
                .ifPresentOrElse(
                        connection ->
                                connection.mailbox().offer(new Letter(connection::closeAfterReplies, Conduct.QUICK)),
                        session::closeNow);
    }

    @Override
    public void exceptionCaught(IoSession session, Throwable cause) {
        handler.exceptionCaught(new FtpIoSession(session, context), cause);
    }

    @Override
    public void sessionClosed(IoSession session) {
        Optional<ControlConnection> found = ControlConnection.find(session);
        found.ifPresent(connection -> {
            runner.abortBlocking(session);
            connection.mailbox().close(() -> closed(session, connection));
        });
    }

    private void closed(IoSession session, ControlConnection connection) {
        FtpIoSession ftpSession = new FtpIoSession(session, context);
        try {
            SessionEvents.logout(ftpSession);
            handler.sessionClosed(ftpSession);
        } catch (Exception e) {
            FAULTS.write(Level.ERROR, () -> "A session did not end well", e);
        } finally {
            connection.probation().closed();
            LineFilter.release(session);
            if (session.getAttribute(PREFIX) instanceof AddressPrefix from) {
                settings.connections().closed(connection, from);
                ours.closed(connection, from);
            }
        }
    }
}
