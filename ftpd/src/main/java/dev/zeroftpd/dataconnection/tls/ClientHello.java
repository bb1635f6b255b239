package dev.zeroftpd.dataconnection.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SNIHostName;

/**
 * What a client offers in the first message of a TLS handshake (RFC 8446, section 4.1.2), as far as the log and the check of
 * the server's name need it. Immutable; any thread.
 *
 * @param versions protocol versions as the JDK names them, the client's order; numbers for unknown ones
 * @param suites the numbers of its cipher suites, the client's order
 * @param illegalName where in the message the number of the server_name extension stands, if the JDK would refuse its
 *     content: Java allows only names that RFC 1123 allows for hosts
 * @param serverName the host that the client asks for (RFC 6066, section 3), legal or not, in lower case
 */
record ClientHello(List<String> versions, List<Integer> suites, OptionalInt illegalName, Optional<String> serverName) {

    private static final byte HANDSHAKE = 22;
    private static final int RECORD_HEADER = 5;
    private static final int CLIENT_HELLO = 1;
    private static final int MESSAGE_HEADER = 4;
    private static final int RANDOM_BYTES = 32;
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int HOST_NAME = 0;

    /** RFC 1035, section 2.3.4, and a dot at the end. */
    private static final int LONGEST_NAME = 256;

    ClientHello {
        versions = List.copyOf(versions);
        suites = List.copyOf(suites);
    }

    /** The message of the record that {@code source} begins with, if that is a whole ClientHello. Moves no position. */
    static Optional<byte[]> message(ByteBuffer source) {
        ByteBuffer record = source.duplicate();
        if (record.remaining() < RECORD_HEADER + MESSAGE_HEADER || record.get(record.position()) != HANDSHAKE) {
            return Optional.empty();
        }
        int length = Short.toUnsignedInt(record.getShort(record.position() + 3));
        int header = record.getInt(record.position() + RECORD_HEADER);
        int messageLength = MESSAGE_HEADER + (header & 0xff_ffff);
        boolean complete = messageLength <= length && RECORD_HEADER + messageLength <= record.remaining();
        if (header >>> 24 != CLIENT_HELLO || !complete) {
            return Optional.empty();
        }
        byte[] message = new byte[messageLength];
        record.get(record.position() + RECORD_HEADER, message);
        return Optional.of(message);
    }

    /** Where in a record's bytes a message's begin. */
    static int offsetInRecord() {
        return RECORD_HEADER;
    }

    /** Empty if it is no well-formed ClientHello: then the JDK says what is wrong with it. */
    static Optional<ClientHello> parse(byte[] message) {
        try {
            return Optional.of(read(ByteBuffer.wrap(message)));
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static ClientHello read(ByteBuffer message) {
        message.position(MESSAGE_HEADER);
        List<String> versions = new ArrayList<>(List.of(versionName(unsignedShort(message))));
        skip(message, RANDOM_BYTES);
        skip(message, Byte.toUnsignedInt(message.get()));
        List<Integer> suites = new ArrayList<>();
        for (ByteBuffer list = vector(message, unsignedShort(message)); list.hasRemaining(); ) {
            suites.add(unsignedShort(list));
        }
        skip(message, Byte.toUnsignedInt(message.get()));
        OptionalInt illegalName = OptionalInt.empty();
        Optional<String> serverName = Optional.empty();
        if (message.hasRemaining()) {
            skip(message, Short.BYTES);
        }
        while (message.hasRemaining()) {
            int start = message.position();
            int type = unsignedShort(message);
            ByteBuffer content = vector(message, unsignedShort(message));
            if (type == SERVER_NAME) {
                serverName = hostName(content.duplicate());
                illegalName = isLegalName(content) ? illegalName : OptionalInt.of(start);
            } else if (type == SUPPORTED_VERSIONS) {
                versions = versions(content);
            }
        }
        return new ClientHello(versions, suites, illegalName, serverName);
    }

    private static List<String> versions(ByteBuffer content) {
        List<String> versions = new ArrayList<>();
        for (ByteBuffer list = vector(content, Byte.toUnsignedInt(content.get())); list.hasRemaining(); ) {
            int number = unsignedShort(list);
            if (!isGrease(number)) {
                versions.add(versionName(number));
            }
        }
        return versions;
    }

    /** The name of the first entry that is a host's; none in a list that is not well-formed, or of an impossible length. */
    private static Optional<String> hostName(ByteBuffer content) {
        try {
            ByteBuffer list = vector(content, unsignedShort(content));
            while (list.hasRemaining()) {
                byte type = list.get();
                byte[] name = new byte[length(list, unsignedShort(list))];
                list.get(name);
                if (type == HOST_NAME && name.length > 0 && name.length <= LONGEST_NAME) {
                    return Optional.of(new String(name, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
                }
            }
        } catch (BufferUnderflowException malformed) {
            // The JDK refuses it, or is kept from looking at it.
        }
        return Optional.empty();
    }

    /** Asks the same class that the JDK's own check asks. */
    private static boolean isLegalName(ByteBuffer content) {
        try {
            ByteBuffer list = vector(content, unsignedShort(content));
            if (!list.hasRemaining() || content.hasRemaining()) {
                return false;
            }
            boolean legal = true;
            Set<Byte> types = new HashSet<>();
            while (list.hasRemaining()) {
                byte type = list.get();
                byte[] name = new byte[unsignedShort(list)];
                list.get(name);
                legal &= types.add(type);
                if (type == HOST_NAME) {
                    legal &= new SNIHostName(name).getEncoded().length > 0;
                }
            }
            return legal;
        } catch (BufferUnderflowException | IllegalArgumentException illegal) {
            return false;
        }
    }

    /** Numbers that clients send so that servers learn to overlook what they don't know (RFC 8701). */
    static boolean isGrease(int number) {
        return (number & 0x0f0f) == 0x0a0a && number >>> 8 == (number & 0xff);
    }

    private static String versionName(int number) {
        return switch (number) {
            case 0x0304 -> "TLSv1.3";
            case 0x0303 -> "TLSv1.2";
            case 0x0302 -> "TLSv1.1";
            case 0x0301 -> "TLSv1";
            case 0x0300 -> "SSLv3";
            default -> String.format("0x%04x", number);
        };
    }

    private static ByteBuffer vector(ByteBuffer from, int length) {
        ByteBuffer part = from.slice(from.position(), length(from, length));
        from.position(from.position() + length);
        return part;
    }

    private static void skip(ByteBuffer from, int length) {
        from.position(from.position() + length(from, length));
    }

    private static int length(ByteBuffer from, int length) {
        if (length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private static int unsignedShort(ByteBuffer from) {
        return Short.toUnsignedInt(from.getShort());
    }
}
