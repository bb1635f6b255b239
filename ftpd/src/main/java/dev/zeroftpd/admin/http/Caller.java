package dev.zeroftpd.admin.http;

import java.net.InetAddress;

/**
 * Who asks, and under which address they know this server. Immutable; any thread.
 *
 * @param address of the client; behind a reverse proxy, what that says
 * @param host with the port, as the client wrote it; empty if it wrote none
 * @param secure whether the client's own connection is encrypted
 * @param prefix what all paths begin with for the client; begins and ends with a slash
 */
public record Caller(InetAddress address, String host, boolean secure, String prefix) {

    /** Such as {@code https://ftp.example.org:8443}: what browsers call the origin of a page. */
    public String origin() {
        return (secure ? "https://" : "http://") + host;
    }
}
