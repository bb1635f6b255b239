package dev.zeroftpd.dataconnection.proxy;

import dev.zeroftpd.dataconnection.proxy.ProxyHeader.Client;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.Malformed;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.More;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.WithoutClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Decodes PROXY headers: bytes in, {@link ProxyHeader} out, nothing else. Stateless; any thread.
 *
 * <p>It says "malformed" with the first byte that can't be a header's, and never asks for a byte that may be behind one.
 */
final class HeaderDecoder {

    private static final byte[] LINE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);

    /** "PROXY UNKNOWN" and CRLF, the shortest header of both versions. */
    private static final int SHORTEST = 15;

    private static final int LONGEST_LINE = 107;

    /** PROXY, the family, two addresses, two ports. */
    private static final int FIELDS = 6;

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final int LAST_PORT = 65535;
    private static final int IPV4_PARTS = 4;
    private static final int LAST_PART = 255;

    /** Signature, version and command, family and protocol, length. */
    private static final int FIXED = 16;

    private static final int VERSION_AT = 12;
    private static final int FAMILY_AT = 13;
    private static final int LENGTH_AT = 14;
    private static final int VERSION = 2;
    private static final int LOCAL = 0;
    private static final int PROXY = 1;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;

    /** Of a TLV: its type and its length. */
    private static final int TLV_HEAD = 3;

    private static final int CRC32C_TYPE = 3;
    private static final int CRC_BYTES = 4;

    private static final ProxyHeader NONE = new Malformed("it doesn't begin with a PROXY header");
    private static final ProxyHeader BROKEN_LINE = new Malformed("its PROXY line is malformed");
    private static final ProxyHeader BROKEN_BLOCK = new Malformed("its PROXY header of version 2 is malformed");
    private static final ProxyHeader NO_ADDRESS = new Malformed("its PROXY header names a client that can't exist");

    /** What families of version 2 have: bytes of addresses and ports. */
    private enum Family {
        UNSPECIFIED(0, 0),
        IPV4(12, 4),
        IPV6(36, 16),
        UNIX(216, 108);

        private final int bytes;
        private final int addressBytes;

        Family(int bytes, int addressBytes) {
            this.bytes = bytes;
            this.addressBytes = addressBytes;
        }

        boolean isInternet() {
            return this == IPV4 || this == IPV6;
        }
    }

    private HeaderDecoder() {}

    static ProxyHeader decode(ByteBuffer received) {
        ByteBuffer bytes = received.slice();
        if (beginsLike(bytes, SIGNATURE)) {
            return bytes.remaining() < FIXED ? more(bytes, FIXED) : block(bytes);
        }
        return beginsLike(bytes, LINE) ? line(bytes) : NONE;
    }

    private static boolean beginsLike(ByteBuffer bytes, byte[] start) {
        int common = Math.min(bytes.remaining(), start.length);
        return bytes.slice(0, common).equals(ByteBuffer.wrap(start, 0, common));
    }

    /** Nothing has come: until it has, the shortest of both versions is all that is sure. */
    private static More more(ByteBuffer bytes, int whole) {
        return new More((bytes.hasRemaining() ? whole : SHORTEST) - bytes.remaining());
    }

    private static ProxyHeader line(ByteBuffer bytes) {
        int spaces = 0;
        for (int i = 0; i < bytes.remaining(); i++) {
            byte each = bytes.get(i);
            boolean afterReturn = i > 0 && bytes.get(i - 1) == '\r';
            if ((each == '\n') != afterReturn) {
                return BROKEN_LINE;
            }
            if (each == '\n') {
                return fields(StandardCharsets.ISO_8859_1
                        .decode(bytes.slice(0, i - 1))
                        .toString());
            }
            if (i == LONGEST_LINE - 1) {
                return BROKEN_LINE;
            }
            spaces += each == ' ' ? 1 : 0;
        }
        if (bytes.remaining() < SHORTEST) {
            return more(bytes, SHORTEST);
        }
        if (bytes.get(bytes.remaining() - 1) == '\r') {
            return new More(1);
        }
        return new More(2 + (isUnknown(bytes) ? 0 : 2 * Math.max(0, FIELDS - 1 - spaces)));
    }

    private static boolean isUnknown(ByteBuffer bytes) {
        return bytes.get(LINE.length) == 'U';
    }

    private static ProxyHeader fields(String line) {
        if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
            return new WithoutClient();
        }
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS) {
            return BROKEN_LINE;
        }
        try {
            boolean ipv6 = switch (fields[1]) {
                case "TCP4" -> false;
                case "TCP6" -> true;
                default -> throw new IllegalArgumentException("another protocol");
            };
            return client(
                    new InetSocketAddress(address(fields[2], ipv6), port(fields[4])),
                    new InetSocketAddress(address(fields[3], ipv6), port(fields[5])));
        } catch (IllegalArgumentException e) {
            return BROKEN_LINE;
        }
    }

    /** Senders write an IPv4 address that they have as IPv6 with dots. */
    private static InetAddress address(String text, boolean ipv6) {
        if (ipv6 ? !IPV6.matcher(text).matches() : !isIpv4(text)) {
            throw new IllegalArgumentException("no address of that family");
        }
        return InetAddress.ofLiteral(text);
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            if (number(part) > LAST_PART) {
                return false;
            }
        }
        return parts.length == IPV4_PARTS;
    }

    private static int port(String text) {
        int port = number(text);
        if (port > LAST_PORT) {
            throw new IllegalArgumentException("no port");
        }
        return port;
    }

    private static int number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("no number");
        }
        return Integer.parseInt(text);
    }

    private static ProxyHeader block(ByteBuffer bytes) {
        int command = bytes.get(VERSION_AT) & 0xf;
        int family = (bytes.get(FAMILY_AT) & 0xff) >> 4;
        int protocol = bytes.get(FAMILY_AT) & 0xf;
        int length = Short.toUnsignedInt(bytes.getShort(LENGTH_AT));
        if ((bytes.get(VERSION_AT) & 0xff) >> 4 != VERSION || command > PROXY) {
            return BROKEN_BLOCK;
        }
        if (FIXED + length > ProxyHeader.LONGEST) {
            return new Malformed("its PROXY header is longer than " + ProxyHeader.LONGEST + " bytes");
        }
        if (command == PROXY && (family >= Family.values().length || protocol > DATAGRAM)) {
            return BROKEN_BLOCK;
        }
        if (command == PROXY && length < Family.values()[family].bytes) {
            return BROKEN_BLOCK;
        }
        if (bytes.remaining() < FIXED + length) {
            return more(bytes, FIXED + length);
        }
        // nothing of the block is looked at where the balancer speaks for itself
        return command == LOCAL
                ? new WithoutClient()
                : proxied(bytes.slice(0, FIXED + length), Family.values()[family], protocol);
    }

    private static ProxyHeader proxied(ByteBuffer header, Family family, int protocol) {
        if (!isIntact(header, FIXED + family.bytes)) {
            return BROKEN_BLOCK;
        }
        if (!family.isInternet() || protocol != STREAM) {
            return new WithoutClient();
        }
        ByteBuffer block = header.slice(FIXED, family.bytes);
        InetAddress source = address(block, family);
        InetAddress destination = address(block, family);
        return client(
                new InetSocketAddress(source, Short.toUnsignedInt(block.getShort())),
                new InetSocketAddress(destination, Short.toUnsignedInt(block.getShort())));
    }

    private static InetAddress address(ByteBuffer block, Family family) {
        byte[] address = new byte[family.addressBytes];
        block.get(address);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    /** True if what is behind the addresses is a row of TLVs, and the checksum is right if one of them is one. */
    private static boolean isIntact(ByteBuffer header, int end) {
        int at = end;
        boolean checked = false;
        while (at < header.limit()) {
            if (header.limit() - at < TLV_HEAD) {
                return false;
            }
            int type = header.get(at) & 0xff;
            int length = Short.toUnsignedInt(header.getShort(at + 1));
            int value = at + TLV_HEAD;
            if (length > header.limit() - value) {
                return false;
            }
            if (type == CRC32C_TYPE) {
                if (checked || length != CRC_BYTES || header.getInt(value) != checksum(header, value)) {
                    return false;
                }
                checked = true;
            }
            at = value + length;
        }
        return true;
    }

    /** Over the whole header, with zeros for the checksum itself. */
    private static int checksum(ByteBuffer header, int at) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, at));
        crc.update(new byte[CRC_BYTES]);
        crc.update(header.slice(at + CRC_BYTES, header.limit() - at - CRC_BYTES));
        return (int) crc.getValue();
    }

    /** Limits and bans count by the source, so it has to be one host's. */
    private static ProxyHeader client(InetSocketAddress source, InetSocketAddress destination) {
        InetAddress host = source.getAddress();
        return host.isAnyLocalAddress() || host.isMulticastAddress() ? NO_ADDRESS : new Client(source, destination);
    }
}
