package dev.zeroftpd.os.port;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Draws ports at random from the range that the system assigns itself. Immutable; any thread.
 *
 * <p>Asking the system for "any port" fails with many short transfers: each leaves its port in TIME_WAIT for a minute,
 * the kernel counts such ports as taken, and after some 20,000 transfers it searches its whole range at each call and
 * finds none. A port that we name may be in TIME_WAIT (SO_REUSEADDR, which Java's listening sockets set).
 */
public final class SystemPorts {

    private static final int LAST_PORT = 65_535;

    private static final int LONGEST_SETTING = 64 * 1024;

    /** This many in a row are taken only if three quarters of all ports are listened on or connected from. */
    public static final int TRIES = 16;

    /** Linux says which; elsewhere the system picks. */
    public static final Optional<SystemPorts> OF_THIS_MACHINE = read(Path.of("/proc/sys/net/ipv4"));

    private final int[] ports;

    private SystemPorts(int[] ports) {
        this.ports = ports;
    }

    /** From the kernel's settings in {@code folder}; empty if they can't be read. */
    static Optional<SystemPorts> read(Path folder) {
        try {
            Path reserved = folder.resolve("ip_local_reserved_ports");
            return parse(
                    content(folder.resolve("ip_local_port_range")), Files.exists(reserved) ? content(reserved) : "");
        } catch (IOException | NumberFormatException unknown) {
            return Optional.empty();
        }
    }

    /** In one read: a second read of such a file returns nothing. */
    private static String content(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = new byte[LONGEST_SETTING];
            int count = Math.max(stream.read(bytes), 0);
            return new String(bytes, 0, count, StandardCharsets.US_ASCII);
        }
    }

    /**
     * @param range first and last port, blanks between
     * @param reserved ports that programs listen on later, such as {@code 8080,9148-9150}: the system never assigns
     *     them
     */
    private static Optional<SystemPorts> parse(String range, String reserved) {
        String[] ends = range.strip().split("\\s+", -1);
        if (ends.length != 2) {
            return Optional.empty();
        }
        BitSet free = new BitSet();
        set(free, Integer.parseInt(ends[0]), Integer.parseInt(ends[1]), true);
        for (String part : reserved.strip().split(",", -1)) {
            if (!part.isEmpty()) {
                String[] bounds = part.split("-", 2);
                set(free, Integer.parseInt(bounds[0]), Integer.parseInt(bounds[bounds.length - 1]), false);
            }
        }
        return free.isEmpty()
                ? Optional.empty()
                : Optional.of(new SystemPorts(free.stream().toArray()));
    }

    private static void set(BitSet ports, int first, int last, boolean value) {
        if (first >= 1 && first <= last && last <= LAST_PORT) {
            ports.set(first, last + 1, value);
        }
    }

    /** One of them; another program may have it. */
    public int draw(RandomGenerator random) {
        return ports[random.nextInt(ports.length)];
    }
}
