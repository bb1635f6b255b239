package dev.zeroftpd.control;

import dev.zeroftpd.charset.NameCharset;
import dev.zeroftpd.control.reply.Banners;
import dev.zeroftpd.dataconnection.proxy.TrustedProxies;
import java.time.Duration;
import java.util.Optional;

/**
 * What one listener demands of its clients and assumes of them. Immutable.
 *
 * @param tlsRequired whether USER and what follows it are refused until AUTH TLS
 * @param protectedData whether transfers are refused until PROT P
 * @param charset the charset of clients that don't choose one
 * @param loginTimeout how long a session may go without a login; zero: for ever
 * @param proxies whose connections begin with a PROXY header; empty: clients connect themselves
 * @param banners what it says when they connect and log in
 */
public record ListenerTerms(
        boolean tlsRequired,
        boolean protectedData,
        NameCharset charset,
        Duration loginTimeout,
        Optional<TrustedProxies> proxies,
        Banners banners) {

    /** Demands nothing; clients speak UTF-8 and take their time. */
    public static final ListenerTerms NONE =
            new ListenerTerms(false, false, NameCharset.UTF_8, Duration.ZERO, Optional.empty(), new Banners());
}
