package dev.zeroftpd.it.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports for servers that must know them before they start. Below those that systems give to clients, so that no connection of other
 * tests is in the way; no two tests get the same one, and test processes that run beside each other have ranges of their own. Any
 * thread.
 */
public final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int PER_PROCESS = 6_000;

    private static final int BEGIN = FIRST + (Integer.getInteger("surefire.forkNumber", 1) - 1) % 2 * PER_PROCESS;

    private static int next = BEGIN;

    private FreePorts() {}

    /** One that is free on the loopback interface. */
    public static int one() {
        return first(1);
    }

    /** A range, as {@code passive.ports} has it. */
    public static String range(int count) {
        int first = first(count);
        return first + "-" + (first + count - 1);
    }

    private static synchronized int first(int count) {
        while (next + count <= BEGIN + PER_PROCESS) {
            int first = next;
            next += count;
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new IllegalStateException("no free ports from " + BEGIN + " to " + (BEGIN + PER_PROCESS));
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
