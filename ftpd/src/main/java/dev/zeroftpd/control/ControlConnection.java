package dev.zeroftpd.control;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.admission.CommandThreads;
import dev.zeroftpd.control.admission.InputBudget;
import dev.zeroftpd.control.admission.Intake;
import dev.zeroftpd.control.admission.Probation;
import dev.zeroftpd.control.ban.Guesses;
import dev.zeroftpd.control.mailbox.Letter;
import dev.zeroftpd.control.mailbox.Mailbox;
import dev.zeroftpd.control.reply.Banners;
import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.ErrorText;
import dev.zeroftpd.transfer.result.Outcome.Aborted.Cause;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The server-PI's side of one control connection: what a command may ask of its session besides sending replies. Every
 * method may be called from any thread unless it says otherwise.
 */
public final class ControlConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    /** Of clients that any stranger can be. */
    private static final FewLines UNREAD = FewLines.perMinute(LOG, 20);

    private static final AttributeKey KEY = new AttributeKey(ControlConnection.class, "connection");

    private final IoSession session;
    private final CommandRunner runner;
    private final ControlTls tls;
    private final CommandThreads threads;
    private final Mailbox mailbox;
    private final Probation probation;
    private final ControlConnections all;
    private final boolean protectedData;
    private final Banners banners;
    private final ControlSocket socket = new ControlSocket(this);
    private final ClientPresence presence;
    private final IdleTime idle = new IdleTime();
    private final AtomicInteger nonsense = new AtomicInteger();

    private ControlConnection(
            IoSession session, CommandRunner runner, ControlTls tls, ControlSettings settings, AddressPrefix from) {
        this.session = session;
        this.presence = new ClientPresence(session, socket);
        this.runner = runner;
        this.tls = tls;
        this.threads = settings.threads();
        this.protectedData = settings.terms().protectedData();
        this.banners = settings.terms().banners();
        this.all = settings.connections();
        this.probation =
                all.strangers().arrived(from, settings.terms().loginTimeout(), this::sendAway, session::closeNow);
        this.mailbox = new Mailbox(
                threads,
                threads::haveQueue,
                () -> LineFilter.resume(session),
                new Intake(this::isStranger, all.input()),
                System::nanoTime);
    }

    /** What its listener says to clients. */
    public Banners banners() {
        return banners;
    }

    static ControlConnection open(
            IoSession session, CommandRunner runner, ControlTls tls, ControlSettings settings, AddressPrefix from) {
        ControlConnection connection = new ControlConnection(session, runner, tls, settings, from);
        session.setAttribute(KEY, connection);
        return connection;
    }

    /**
     * The control connection of a session.
     *
     * @throws IllegalStateException if the session is none of a {@link ZeroCopyListener}
     */
    public static ControlConnection of(IoSession session) {
        return find(session)
                .orElseThrow(() -> new IllegalStateException("The session's listener is no ZeroCopyListener"));
    }

    /** The same; empty for a session that was refused or that another kind of listener accepted. */
    static Optional<ControlConnection> find(IoSession session) {
        return session.getAttribute(KEY) instanceof ControlConnection connection
                ? Optional.of(connection)
                : Optional.empty();
    }

    static boolean inputPaused(IoSession session) {
        return session.getAttribute(KEY) instanceof ControlConnection connection && connection.mailbox.inputPaused();
    }

    /** Lets the input that was paused go on, on a thread that holds no lock. */
    static void resumeInput(IoSession session) {
        find(session).ifPresent(connection -> connection.elsewhere(() -> LineFilter.resume(session)));
    }

    /**
     * Turns the command that runs into the beginning of a transfer: it returns, and until the transfer is finished only
     * NOOP, STAT without argument and SITE ZEROCOPY run. To be called by the command that runs.
     *
     * @param outlivesReset whether it goes on after the client has reset the control connection
     * @throws IllegalStateException if no command runs or it has begun something before
     */
    public PendingTransfer beginTransfer(FtpIoSession ftpSession, FtpRequest request, boolean outlivesReset) {
        PendingTransfer transfer = new PendingTransfer(end(ftpSession, request), outlivesReset);
        mailbox.beginTransfer(transfer);
        return transfer;
    }

    /**
     * Turns the command that runs into the beginning of something that ends later: until then nothing of this session
     * runs. To be called by the command that runs.
     *
     * @throws IllegalStateException if no command runs or it has begun something before
     */
    public Deferred defer(FtpIoSession ftpSession, FtpRequest request) {
        Deferred command = new Deferred(end(ftpSession, request));
        mailbox.beginWaiting(command);
        return command;
    }

    private CommandEnd end(FtpIoSession ftpSession, FtpRequest request) {
        return new CommandEnd(this, runner, ftpSession, request);
    }

    /** The transfer that has begun and has not ended. */
    public Optional<PendingTransfer> currentTransfer() {
        return mailbox.pending().filter(PendingTransfer.class::isInstance).map(PendingTransfer.class::cast);
    }

    /** True if transfers are refused until their connection is protected. */
    public boolean requiresProtectedData() {
        return protectedData;
    }

    /** True if AUTH TLS can succeed, or was not needed because the listener is for TLS only. */
    public boolean offersTls() {
        return !tls.equals(ControlTls.NONE);
    }

    /**
     * Encrypts what follows {@code lastReply}. The client cannot answer it too early: nothing is read until the command
     * that runs has ended, and what it sent behind that command in clear is thrown away.
     */
    public void startTls(Runnable lastReply) throws FtpException {
        SslFilter filter = tls.newFilter();
        lastReply.run();
        session.getFilterChain().addFirst("tls", filter);
    }

    /** A command that ends the current transfer, and those queued before it. */
    void abort(Letter letter) {
        mailbox.offer(letter);
        cancelTransfer(Cause.ABOR);
    }

    /** Closes the connection once the replies written so far are sent, and runs no further command. Never blocks. */
    public void closeAfterReplies() {
        mailbox.discard();
        LineFilter.closeBehindReplies(session);
    }

    /** Whether the client is still there. */
    public ClientPresence client() {
        return presence;
    }

    /** The client has ended its side of the connection. */
    void departed() {
        presence.departed();
    }

    /** The client has reset the connection: it can't receive anything, so what runs for it alone ends. Never blocks. */
    void reset() {
        departed();
        LineFilter.loseReplies(session);
        mailbox.clientReset();
        runner.abortBlocking(session);
    }

    /**
     * A reply could not be written. The kernel says EPIPE where the client had closed its side in order before: its
     * transfers go on.
     */
    void repliesLost(IOException why) {
        LOG.debug("{} left before it had all replies", session.getRemoteAddress(), why);
        if (ErrorText.number(why).orElse(0) == ErrorNumber.EPIPE) {
            LineFilter.loseReplies(session);
        } else {
            reset();
        }
    }

    ControlSocket socket() {
        return socket;
    }

    /**
     * Ends the session if its client has been idle for too long. A session whose command or transfer is under way is not idle.
     * A client that has taken nothing all that time can't be told either: a 421 behind the replies that it doesn't read would
     * never leave. For the I/O thread, about once a second.
     */
    void endIfIdle(long nowNanos) {
        long bytes = session.getReadBytes() + session.getWrittenBytes();
        if (!idle.isLongerThan(session.getConfig().getBothIdleTime(), bytes, nowNanos)) {
            return;
        }
        if (isUnread()) {
            UNREAD.write(Level.INFO, () -> session.getRemoteAddress() + " doesn't read its replies: closing");
            session.closeNow();
        } else {
            mailbox.runIfReady(() -> sayGoodbye("Idle for too long: closing control connection."));
        }
    }

    /** True if replies wait for the client to read, and nothing else is under way. */
    private boolean isUnread() {
        return mailbox.pending().isEmpty() && LineFilter.hasUnsent(session);
    }

    /** True if no user is logged in; an embedder's own log-in command doesn't tell the probation. */
    private boolean isStranger() {
        if (probation.isUnderWay() && runner.isLoggedIn(session)) {
            probation.end();
        }
        return probation.isUnderWay();
    }

    /** Counts a line that is no command; returns how many there were. */
    int countNonsense() {
        return nonsense.incrementAndGet();
    }

    /** The longest line that the client may send now: the first of a stranger's is short, for nothing runs before it. */
    int longestLine() {
        return isStranger() && mailbox.isReady() ? Intake.BYTES_BEFORE_LOGIN : LineDecoder.MAX_LENGTH;
    }

    /** Runs it on a thread that holds no lock; where the system has none left, the session ends. */
    private void elsewhere(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException noThread) {
            LOG.debug("Closing {}", session.getRemoteAddress(), noThread);
            session.closeNow();
        }
    }

    /** The client has left more bytes, or fewer, that are no command yet. */
    void holds(int more) {
        InputBudget input = all.input();
        input.add(more);
        if (more > 0 && input.isOverdrawn()) {
            elsewhere(() -> {
                sendAway("Too much was sent ahead of its turn.");
                probation.closeSoon(); // its place is free, so it must not stay because its client reads no 421
            });
        }
    }

    /** Wrong passwords, of all sessions. */
    public Guesses guesses() {
        return all.guesses();
    }

    /** To which everything that happens is told. */
    Events events() {
        return all.events();
    }

    /** The time without a login, which a command that logs in or out ends or begins. */
    public Probation probation() {
        return probation;
    }

    /**
     * Ends the session, whatever it does: 421 if that can be sent. Its place is free at once: in a flood of connections the
     * last words of the others would keep all newcomers out. Never blocks.
     */
    private void sendAway(String why) {
        all.closed(this, probation.from());
        if (!runner.isLoggedIn(session)) {
            SessionEvents.refused(events(), session, "sent-away", why);
        }
        departed();
        if (mailbox.pending().isPresent()) {
            sayGoodbye(why); // a password that waits to be verified, or a transfer, may take long
        } else {
            closeWhenDone(why);
        }
    }

    /** Says 421 and closes as soon as the running command or transfer has ended; queued commands are dropped. */
    void closeWhenDone(String why) {
        mailbox.finishWith(new Letter(() -> sayGoodbye(why), Conduct.QUICK));
    }

    /**
     * Ends the session as its operator wants: 426 to what runs, then 421. The client has some seconds to read them. Never
     * blocks.
     *
     * @param why what the client is told
     * @param by what the log is told
     */
    public void kick(String why, String by, SessionView seen) {
        SessionEvents.kicked(events(), by, seen);
        closeWhenDone(why);
        cancelTransfer(Cause.KICKED);
        probation.closeSoon();
    }

    /** What an operator sees of the session; empty if it ends just now. Never blocks. */
    public Optional<SessionView> view() {
        return SessionView.of(
                SessionId.of(session),
                runner.ftpSession(session),
                currentTransfer().map(PendingTransfer::view));
    }

    /** The session of a client that is logged in, to be looked at from outside; empty before the login. Never blocks. */
    public Optional<FtpIoSession> loggedIn() {
        return Optional.of(runner.ftpSession(session)).filter(found -> found.getUser() != null);
    }

    /** The sessions of all listeners now. */
    public List<ControlConnection> everySession() {
        return all.open();
    }

    /** Ends the current transfer early. Never blocks. */
    void cancelTransfer(Cause cause) {
        mailbox.cancel(cause);
        if (cause != Cause.SHUTDOWN) {
            runner.abortBlocking(session);
        }
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** The code of the reply if storage refuses a command the file that it names. */
    public int refusalCode(FtpRequest request) {
        return runner.refusalCode(request);
    }

    /** True if the command that this session object belongs to has begun what ends later. */
    boolean isPending(FtpIoSession ftpSession) {
        return mailbox.pending()
                .filter(pending -> pending.session().equals(ftpSession))
                .isPresent();
    }

    /** Replies to a failed command: at once, or at the end of what it began. */
    void fail(FtpIoSession ftpSession, Runnable reply) {
        mailbox.pending()
                .filter(pending -> pending.session().equals(ftpSession))
                .ifPresentOrElse(pending -> pending.finish(reply), reply);
    }

    private void sayGoodbye(String why) {
        LOG.debug("Closing control connection to {}: {}", session.getRemoteAddress(), why);
        session.write(Reply.goodbye(why));
        closeAfterReplies();
    }
}
