package dev.zeroftpd.it.support;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Where and how a client is told to log in. Immutable.
 *
 * @param resuming whether the client is set up to resume the TLS session of the control connection on its data connections,
 *     where it has to be set up for that
 * @param certificate the server's certificate as a PEM file, for the client to trust
 * @param folder the local folder that the client works in
 */
public record Site(
        InetSocketAddress address,
        Way.Mode mode,
        Protection protection,
        boolean resuming,
        Account account,
        Path certificate,
        Path folder) {

    /** Whether control and data connections are encrypted, and by which version of TLS. */
    public enum Protection {
        CLEAR,
        TLS_1_2,
        TLS_1_3
    }

    public boolean isActive() {
        return mode == Way.Mode.ACTIVE;
    }

    public boolean isProtected() {
        return protection != Protection.CLEAR;
    }

    /** The address's literal, without brackets. */
    public String host() {
        return address.getAddress().getHostAddress();
    }

    public String port() {
        return Integer.toString(address.getPort());
    }

    /** {@code host:port}, with brackets around an IPv6 literal. */
    public String authority() {
        return bracketedHost() + ":" + port();
    }

    /** The address's literal, in brackets if it is IPv6. */
    public String bracketedHost() {
        return host().contains(":") ? "[" + host() + "]" : host();
    }

    public Site with(Way.Mode newMode) {
        return new Site(address, newMode, protection, resuming, account, certificate, folder);
    }

    public Site with(Protection newProtection, boolean newResuming) {
        return new Site(address, mode, newProtection, newResuming, account, certificate, folder);
    }

    public Site with(Account newAccount) {
        return new Site(address, mode, protection, resuming, newAccount, certificate, folder);
    }
}
