package dev.zeroftpd.os.port;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which process listens on a TCP port, from {@code /proc}. Stateless; any thread; takes milliseconds on a machine with
 * many processes.
 */
public final class PortOwner {

    private static final Path PROC = Path.of("/proc");

    private static final String LISTENING = "0A";

    /** Fields of a line of {@code /proc/net/tcp}, see proc(5). */
    private static final int LOCAL = 1;

    private static final int STATE = 3;
    private static final int USER = 7;
    private static final int INODE = 9;

    private PortOwner() {}

    /** One listening socket. */
    private record Listening(String inode, String user) {}

    /**
     * Who listens where {@code wanted} would, such as "nginx (process 812)"; if that process can't be looked at, whose it is.
     * Nothing if no process does, or this system doesn't tell.
     */
    public static Optional<String> of(InetSocketAddress wanted) {
        for (String table : List.of("net/tcp", "net/tcp6")) {
            Optional<Listening> socket = find(PROC.resolve(table), wanted);
            if (socket.isPresent()) {
                return Optional.of(process(socket.get().inode())
                        .orElse("a process of the user with the number "
                                + socket.get().user()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Listening> find(Path table, InetSocketAddress wanted) {
        try {
            return Files.readAllLines(table).stream()
                    .skip(1) // its heading
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTENING))
                    .filter(fields -> overlaps(fields[LOCAL], wanted))
                    .map(fields -> new Listening(fields[INODE], fields[USER]))
                    .findFirst();
        } catch (IOException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Whether one socket keeps the other from its port. All addresses of IPv6 may be those of IPv4 too, never the other way.
     *
     * @param local such as {@code 0100007F:0849}
     */
    private static boolean overlaps(String local, InetSocketAddress wanted) {
        int colon = local.indexOf(':');
        if (HexFormat.fromHexDigits(local, colon + 1, local.length()) != wanted.getPort()) {
            return false;
        }
        InetAddress bound = address(HexFormat.of().parseHex(local, 0, colon));
        InetAddress address = wanted.getAddress();
        return address == null
                || address.isAnyLocalAddress()
                || bound.equals(address)
                || (bound.isAnyLocalAddress() && (bound instanceof Inet6Address || address instanceof Inet4Address));
    }

    /** The kernel prints words of four bytes in the order of the machine, which is little-endian on all that we know. */
    private static InetAddress address(byte[] words) {
        byte[] bytes = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[(i & ~3) + 3 - (i & 3)];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", impossible);
        }
    }

    private static Optional<String> process(String inode) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, "socket:[" + inode + "]")) {
                    return Optional.of(Files.readString(process.resolve("comm")).strip() + " (process "
                            + process.getFileName() + ")");
                }
            }
        } catch (IOException ended) {
            // It has ended meanwhile, or /proc is hidden.
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (target(descriptor).equals(socket)) {
                    return true;
                }
            }
        } catch (IOException notOurs) {
            return false;
        }
        return false;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
