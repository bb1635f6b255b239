package dev.zeroftpd.dataconnection.proxy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * What a connection's first bytes say by the PROXY protocol (haproxy's {@code proxy-protocol.txt}, versions 1 and 2).
 * Immutable; any thread.
 */
public sealed interface ProxyHeader {

    /**
     * The longest header that is read: version 2 could announce 64 KiB, and senders put some hundred bytes about TLS behind
     * the addresses.
     */
    int LONGEST = 4 * 1024;

    /**
     * The header goes on.
     *
     * @param bytes belong to it for sure, so that as many can be read without taking one that is behind it
     */
    record More(int bytes) implements ProxyHeader {}

    /** A client by TCP: where it connects from, and to which of the balancer's addresses. */
    record Client(InetSocketAddress source, InetSocketAddress destination) implements ProxyHeader {}

    /** A balancer that looks whether the server is there, or whose client has no IP address. */
    record WithoutClient() implements ProxyHeader {}

    /** Not a header; {@code why} ends a sentence in the log and has no bytes of the peer's. */
    record Malformed(String why) implements ProxyHeader {}

    /** Reads the header that begins at the position of {@code received}, which stays as it is. */
    static ProxyHeader in(ByteBuffer received) {
        return HeaderDecoder.decode(received);
    }
}
