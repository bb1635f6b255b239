package dev.zeroftpd.os;

/** How people write where something listens or is connected to. Stateless; any thread. */
public final class HostAndPort {

    private HostAndPort() {}

    /** {@code HOST:PORT}, with an IPv6 address in brackets. */
    public static String text(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
