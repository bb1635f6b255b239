package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.work.TurnOwner;
import dev.zeroftpd.config.TransferSettings;
import dev.zeroftpd.dataconnection.SessionDataConnection;
import dev.zeroftpd.transfer.TransferLimits;
import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import dev.zeroftpd.transfer.bandwidth.RateLimits;
import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.result.Direction;
import dev.zeroftpd.users.Account;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.usermanager.impl.TransferRateRequest;
import org.jspecify.annotations.Nullable;

/**
 * Makes the limits that hold for a session's next transfer, and brings changed ones to those that run. Any thread.
 *
 * <p>An account may have changed since its session logged in: its limits are those of now.
 */
public final class LimitsByAccount {

    private final Bandwidth bandwidth;
    private final AccountLookup accounts;
    private final Duration handshake;
    private final Supplier<Duration> stall = this::stallTimeout;
    private volatile Duration stallTimeout;

    /** The accounts as they are now, by name. */
    @FunctionalInterface
    public interface AccountLookup {
        Optional<Account> find(String name);
    }

    public LimitsByAccount(Bandwidth bandwidth, AccountLookup accounts, TransferSettings settings) {
        this.bandwidth = bandwidth;
        this.accounts = accounts;
        this.stallTimeout = settings.stallTimeout();
        this.handshake = settings.connectTimeout();
    }

    /** The limits of one new transfer of the session's account: the one place that makes them. */
    TransferLimits of(FtpIoSession session, Direction direction) {
        return new TransferLimits(
                throttle(session, direction),
                stall, // one for all accounts, as it is now
                handshake,
                TurnOwner.of(session),
                SessionDataConnection.of(session).habit());
    }

    private Throttle throttle(FtpIoSession session, Direction direction) {
        User user = session.getUser();
        if (user == null || !(session.getRemoteAddress() instanceof InetSocketAddress remote)) {
            return Throttle.NONE;
        }
        InetAddress address = remote.getAddress();
        RateLimits limits = limitsNow(user, direction);
        Throttle throttle = bandwidth.open(direction, user.getName(), address, limits);
        if (!limitsNow(user, direction).equals(limits)) {
            accountsChanged(); // between the two lines above: accountsChanged() did not see this transfer yet
        }
        return throttle;
    }

    /** The longest time without a byte, as it is now. */
    public Duration stallTimeout() {
        return stallTimeout;
    }

    /** Changes the longest time without a byte, for running transfers too. */
    public void stallTimeout(Duration limit) {
        stallTimeout = limit;
    }

    /** To be called once {@link AccountLookup} gives changed accounts. */
    public void accountsChanged() {
        bandwidth.limits((direction, name) -> accounts.find(name).map(account -> limits(account, direction)));
    }

    private RateLimits limitsNow(User user, Direction direction) {
        return limits(
                user instanceof Account account ? accounts.find(user.getName()).orElse(account) : user, direction);
    }

    /** The account's limits; an embedder's user has a rate a transfer only, as Apache FtpServer knows it. */
    static RateLimits limits(User user, Direction direction) {
        if (user instanceof Account account) {
            return switch (direction) {
                case DOWNLOAD ->
                    new RateLimits(account.rates().download(), account.rates().downloadTotal());
                case UPLOAD ->
                    new RateLimits(account.rates().upload(), account.rates().uploadTotal());
            };
        }
        @Nullable TransferRateRequest rates = (TransferRateRequest) user.authorize(new TransferRateRequest());
        if (rates == null) {
            return new RateLimits(0, 0);
        }
        return switch (direction) {
            case DOWNLOAD -> new RateLimits(rates.getMaxDownloadRate(), 0);
            case UPLOAD -> new RateLimits(rates.getMaxUploadRate(), 0);
        };
    }
}
