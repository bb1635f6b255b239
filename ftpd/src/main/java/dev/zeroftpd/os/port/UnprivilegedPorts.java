package dev.zeroftpd.os.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which ports a process without root's rights may bind. Stateless; any thread. */
public final class UnprivilegedPorts {

    private static final Path SETTING = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    /** As POSIX systems have it, and Linux unless it is told otherwise. */
    static final int USUAL_START = 1024;

    private UnprivilegedPorts() {}

    /** The first one: all above it are free for everybody, all below it are root's. */
    public static int first() {
        return first(SETTING);
    }

    static int first(Path setting) {
        try {
            return Integer.parseInt(Files.readString(setting).strip());
        } catch (IOException | NumberFormatException unknown) {
            return USUAL_START;
        }
    }
}
