package dev.zeroftpd.command;

import dev.zeroftpd.transfer.Bandwidth;
import dev.zeroftpd.transfer.RateLimits;
import dev.zeroftpd.transfer.Throttle;
import dev.zeroftpd.users.Account;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.usermanager.impl.TransferRateRequest;
import org.jspecify.annotations.Nullable;

/** Finds the limits that hold for a session's next transfer. Any thread. */
public final class SessionThrottles {

    private final Bandwidth bandwidth;

    public SessionThrottles(Bandwidth bandwidth) {
        this.bandwidth = bandwidth;
    }

    /** The throttle of one new transfer; a listing counts as a download that the user's rates don't limit. */
    Throttle open(FtpIoSession session, Direction direction) {
        Bandwidth.Direction way =
                direction == Direction.UPLOAD ? Bandwidth.Direction.UPLOAD : Bandwidth.Direction.DOWNLOAD;
        User user = session.getUser();
        if (user == null || !(session.getRemoteAddress() instanceof InetSocketAddress remote)) {
            return Throttle.NONE;
        }
        InetAddress address = remote.getAddress();
        return bandwidth.open(way, user.getName(), address, limits(user, way));
    }

    /** The account's limits; an embedder's user has a rate a transfer only, as Apache FtpServer knows it. */
    static RateLimits limits(User user, Bandwidth.Direction way) {
        if (user instanceof Account account) {
            return switch (way) {
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
        return switch (way) {
            case DOWNLOAD -> new RateLimits(rates.getMaxDownloadRate(), 0);
            case UPLOAD -> new RateLimits(rates.getMaxUploadRate(), 0);
        };
    }
}
