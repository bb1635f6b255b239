package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Sends single datagrams to a socket of this machine, {@code unix(7)}: Java's own Unix sockets are streams. Stateless;
 * any thread.
 */
public final class UnixDatagram {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;

    /** Where {@code sun_path} begins, and how long it may be. */
    private static final int PATH_OFFSET = 2;

    private static final int PATH_LENGTH = 108;

    private UnixDatagram() {}

    /**
     * Sends one datagram; doesn't wait for anything to read it, only for room.
     *
     * @param address a path, or a name in the abstract namespace with {@code @} before it
     * @throws IOException if the system has no such calls, or nothing listens there
     */
    public static void send(String address, String text) throws IOException {
        if (!SystemCall.isSupported()) {
            throw new IOException("this system has no socket calls that we know");
        }
        try (Arena arena = Arena.ofConfined()) {
            long number = SystemCall.SOCKET.call(arena, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, 0, 0);
            check("socket", number);
            try (Descriptor socket = new Descriptor(Math.toIntExact(number))) {
                MemorySegment target = address(arena, address);
                check(
                        address,
                        SystemCall.CONNECT.call(arena, socket.number(), target.address(), target.byteSize(), 0, 0));
                MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, text.getBytes(StandardCharsets.UTF_8));
                check(address, SystemCall.WRITE.call(arena, socket.number(), bytes.address(), bytes.byteSize(), 0, 0));
            }
        }
    }

    /** A {@code sockaddr_un}: a path ends with a zero byte; an abstract name begins with one, and its length counts. */
    private static MemorySegment address(Arena arena, String address) throws IOException {
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = address.startsWith("@");
        int length = isAbstract ? name.length : name.length + 1;
        if (length > PATH_LENGTH) {
            throw new IOException(address + ": longer than the address of a socket may be");
        }
        MemorySegment made = arena.allocate(PATH_OFFSET + (long) length, Short.BYTES);
        made.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, made, JAVA_BYTE, PATH_OFFSET, name.length);
        if (isAbstract) {
            made.set(JAVA_BYTE, PATH_OFFSET, (byte) 0);
        }
        return made;
    }

    private static void check(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": error number " + -result);
        }
    }
}
