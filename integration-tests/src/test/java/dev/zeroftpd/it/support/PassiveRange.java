package dev.zeroftpd.it.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ranges of free ports for servers whose passive ports are counted. Stateless. */
public final class PassiveRange {

    /** Each JVM of tests has ports of its own, which no other takes between our look and the server's start. */
    private static final int CANDIDATES = 4_000;

    /** Below the ports that systems give to clients, so that no connection of other tests is in the way. */
    private static final int FIRST_CANDIDATE = 16_000 + CANDIDATES * Integer.getInteger("zeroftpd.fork", 1);

    private static final int LAST_CANDIDATE = FIRST_CANDIDATE + CANDIDATES;

    private PassiveRange() {}

    /** A range of free ports, as {@code passive.ports} has it. */
    public static String of(int count) {
        for (int first = FIRST_CANDIDATE; first + count <= LAST_CANDIDATE; first += count) {
            if (areFree(first, count)) {
                return first + "-" + (first + count - 1);
            }
        }
        throw new IllegalStateException("no free ports from " + FIRST_CANDIDATE + " to " + LAST_CANDIDATE);
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try {
                new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
