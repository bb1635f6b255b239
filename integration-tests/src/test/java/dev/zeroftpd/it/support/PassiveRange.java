package dev.zeroftpd.it.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ranges of free ports for servers whose passive ports are counted. Stateless. */
public final class PassiveRange {

    /** Below the ports that systems give to clients, so that no connection of other tests is in the way. */
    private static final int FIRST_CANDIDATE = 20_000;

    private static final int LAST_CANDIDATE = 30_000;

    private PassiveRange() {}

    /** A range of free ports, as {@code passive.ports} has it. */
    public static String of(int count) {
        for (int first = FIRST_CANDIDATE; first < LAST_CANDIDATE; first += count) {
            if (areFree(first, count)) {
                return first + "-" + (first + count - 1);
            }
        }
        throw new IllegalStateException("no free ports below " + LAST_CANDIDATE);
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
