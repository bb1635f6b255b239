package dev.zeroftpd.server;

import dev.zeroftpd.command.login.ClientCertificate;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * Lets edits of the accounts, and their expiry, reach sessions that run: they end, or their account may do something else from
 * the next command on. Any thread; one at a time.
 */
final class EditedAccounts {

    /** How late an expired account is noticed. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final String GONE = "This account can't be used any more.";
    private static final String MOVED = "This account has another home directory now; log in again.";
    private static final String ELSEWHERE = "This account can't be used from this address any more.";
    private static final String CLEAR = "This account needs TLS now; log in again after AUTH TLS.";

    private final Supplier<Accounts> accounts;
    private final ControlConnections sessions;
    private final InstantSource clock;

    /** Sessions take a moment to end, and must not be ended twice. */
    private final Set<ControlConnection> sentAway = Collections.newSetFromMap(new WeakHashMap<>());

    private Instant looked;

    /** Whose sessions are ended by others. */
    private final Set<String> spared = ConcurrentHashMap.newKeySet();

    EditedAccounts(Supplier<Accounts> accounts, ControlConnections sessions, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
        this.looked = clock.instant();
    }

    /** To be called once the accounts have changed. */
    synchronized void accountsChanged() {
        Accounts now = accounts.get();
        looked = clock.instant();
        for (ControlConnection connection : sessions.open()) {
            connection.loggedIn().ifPresent(session -> apply(now, connection, session));
        }
    }

    /** To be called once one account has changed that the file doesn't have. */
    synchronized void accountChanged(String name) {
        Accounts now = accounts.get();
        for (ControlConnection connection : sessions.open()) {
            connection
                    .loggedIn()
                    .filter(session -> isOf(session, name))
                    .ifPresent(session -> apply(now, connection, session));
        }
    }

    private static boolean isOf(FtpIoSession session, String name) {
        User user = session.getUser();
        return user != null && name.equals(user.getName());
    }

    /** To be called every {@link #INTERVAL}: looks at the sessions only if an account has expired since the last time. */
    synchronized void look() {
        Instant now = clock.instant();
        // where the clock was set back, no account has expired since, but any may have before
        if (now.isBefore(looked) || accounts.get().expireBetween(looked, now)) {
            accountsChanged();
        }
    }

    /** Runs {@code edit}, and leaves it to others to end the sessions of these accounts. */
    void sparing(Collection<String> names, Runnable edit) {
        spared.addAll(names); // without the lock, which the thread that follows the accounts takes in the other order
        try {
            edit.run();
        } finally {
            names.forEach(spared::remove);
        }
    }

    private void apply(Accounts now, ControlConnection connection, FtpIoSession session) {
        FileSystemView view = session.getFileSystemView(); // first: a view refuses the account of a later log-in
        if (!(session.getUser() instanceof Account before) || spared.contains(before.getName())) {
            return;
        }
        Optional<Account> account = now.find(before.getName());
        Optional<String> why = reasonToEnd(account);
        if (why.isPresent()) {
            end(connection, GONE, why.get());
        } else if (!account.orElseThrow().getHomeDirectory().equals(before.getHomeDirectory())) {
            end(connection, MOVED, "the account has another home"); // permissions are of the new one's paths
        } else if (account.orElseThrow().isFromElsewhere() != before.isFromElsewhere()) {
            end(connection, GONE, "the name is that of another account now");
        } else if (lostItsCertificate(session, before, account.orElseThrow())) {
            end(connection, GONE, "its certificate is no longer the account's");
        } else if (isElsewhere(session, account.orElseThrow())) {
            end(connection, ELSEWHERE, "the account can't be used from its address any more");
        } else if (account.orElseThrow().rules().tlsRequired() && !session.isSecure()) {
            end(connection, CLEAR, "the account needs TLS now");
        } else if (view instanceof SessionFileSystem files) {
            files.use(account.orElseThrow());
        }
    }

    /** Where a certificate had to be shown at the log-in, it has to be among those of now. */
    private static boolean lostItsCertificate(FtpIoSession session, Account before, Account now) {
        return !before.certificates().isEmpty()
                && ClientCertificate.shown(session)
                        .filter(now.certificates()::accept)
                        .isEmpty();
    }

    private static boolean isElsewhere(FtpIoSession session, Account now) {
        return session.getRemoteAddress() instanceof InetSocketAddress from
                && !now.rules().allowsFrom(from.getAddress());
    }

    private void end(ControlConnection connection, String told, String why) {
        if (sentAway.add(connection)) {
            connection.view().ifPresent(seen -> connection.kick(told, "because " + why, seen));
        }
    }

    private Optional<String> reasonToEnd(Optional<Account> account) {
        if (account.isEmpty()) {
            return Optional.of("the account was removed");
        }
        if (!account.get().getEnabled()) {
            return Optional.of("the account was disabled");
        }
        return account.get().rules().isExpiredAt(looked) ? Optional.of("the account expired") : Optional.empty();
    }
}
