package dev.zeroftpd.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ports for servers that must know them before they start. Below those that systems give to clients, so that no connection of other
 * tests is in the way; no two tests get the same one, and test processes that run beside each other have ranges of their own, which
 * they lock. Any thread.
 */
public final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int PER_PROCESS = 6_000;

    private static final int RANGES = 2;

    /** The locks that this process holds, until it ends. */
    private static final List<FileLock> LOCKS = new ArrayList<>();

    private static final int BEGIN = begin();

    private static int next = BEGIN;

    private FreePorts() {}

    /** Failsafe doesn't tell its processes which of them they are. */
    private static int begin() {
        for (int range = 0; range < RANGES; range++) {
            if (isMine(Path.of(System.getProperty("java.io.tmpdir"), "zeroftpd-test-ports-" + range))) {
                return FIRST + range * PER_PROCESS;
            }
        }
        return FIRST; // more processes than ranges: then that a port is free has to do
    }

    private static boolean isMine(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
            lock.ifPresentOrElse(LOCKS::add, () -> close(channel));
            return lock.isPresent();
        } catch (AccessDeniedException e) {
            return false; // another user's
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
