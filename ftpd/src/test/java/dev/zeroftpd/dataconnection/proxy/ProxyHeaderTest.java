package dev.zeroftpd.dataconnection.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.dataconnection.proxy.ProxyHeader.Client;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.Malformed;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.More;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.WithoutClient;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as the specification has them, and as it forbids them. */
class ProxyHeaderTest {

    private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
    private static final String IPV4_BLOCK = "C0000201" + "C6336402" + "DC04" + "0015";

    /** Of the specification's section 2.1, and its longest lines. */
    @Test
    void readsLinesOfVersion1() {
        assertThat(line("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n"))
                .isEqualTo(client("192.168.0.1", 56324, "192.168.0.11", 443));
        assertThat(line("PROXY TCP4 255.255.255.254 255.255.255.255 65535 65535\r\n"))
                .isEqualTo(client("255.255.255.254", 65535, "255.255.255.255", 65535));
        assertThat(line("PROXY TCP6 fe80:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
                        + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 0 1\r\n"))
                .isEqualTo(client(
                        "fe80:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 0, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1));
        assertThat(line("PROXY TCP6 2001:DB8::1 ::1 1024 21\r\n")).isEqualTo(client("2001:db8::1", 1024, "::1", 21));
        assertThat(line("PROXY TCP6 ::ffff:192.0.2.1 ::ffff:c000:202 1024 21\r\n"))
                .as("an IPv4 client of a balancer that listens for both")
                .isEqualTo(client("192.0.2.1", 1024, "192.0.2.2", 21));
    }

    /** The specification's short form, and its worst case of 107 bytes. */
    @Test
    void ignoresTheRestOfALineThatKnowsNoClient() {
        assertThat(line("PROXY UNKNOWN\r\n")).isEqualTo(new WithoutClient());
        assertThat(line("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
                        + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"))
                .isEqualTo(new WithoutClient());
        assertThat(line("PROXY UNKNOWN " + "x".repeat(91) + "\r\n")).isEqualTo(new WithoutClient());
        assertThat(line("PROXY UNKNOWN " + "x".repeat(92) + "\r\n")).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 56324\r443\r\n",
                "PROXY UNKNOWN\n",
                "PROXY UNKNOWNS\r\n",
                "PROXY TCP4 192.168.0.01 192.168.0.11 56324 443\r\n",
                "PROXY TCP4 192.168.0.256 192.168.0.11 56324 443\r\n",
                "PROXY TCP4 192.168.1 192.168.0.11 56324 443\r\n",
                "PROXY TCP4 192.168.0.1.1 192.168.0.11 56324 443\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 056324 443\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 65536 443\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 -1 443\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 443\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 1 2 3\r\n",
                "PROXY TCP4  192.168.0.1 192.168.0.11 1 2\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 1 2 \r\n",
                "PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n",
                "PROXY TCP6 192.168.0.1 192.168.0.11 1 2\r\n",
                "PROXY TCP6 fe80::1%1 ::1 1 2\r\n",
                "PROXY TCP6 1:2:3 ::1 1 2\r\n",
                "PROXY UDP4 192.168.0.1 192.168.0.11 1 2\r\n",
                "PROXY localhost localhost 1 2 3 4\r\n",
                "proxy TCP4 192.168.0.1 192.168.0.11 1 2\r\n",
                "PROXY TCP4 0.0.0.0 192.168.0.11 1 2\r\n",
                "PROXY TCP4 224.0.0.1 192.168.0.11 1 2\r\n",
                "USER anonymous\r\n",
                "\u0016\u0003\u0001"
            })
    void refusesWhatIsNoLine(String text) {
        assertThat(line(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void knowsBySomeBytesThatNoHeaderComes() {
        assertThat(line("U")).isInstanceOf(Malformed.class);
        assertThat(line("PROXI")).isInstanceOf(Malformed.class);
        assertThat(line("\r\n\r\nX")).isInstanceOf(Malformed.class);
    }

    @Test
    void readsBlocksOfVersion2() {
        assertThat(block("21" + "11" + "000C" + IPV4_BLOCK)).isEqualTo(client("192.0.2.1", 56324, "198.51.100.2", 21));
        assertThat(block("21" + "21" + "0024" + "20010DB8000000000000000000000001" + "20010DB8000000000000000000000002"
                        + "FFFF" + "0000"))
                .isEqualTo(client("2001:db8::1", 65535, "2001:db8::2", 0));
        assertThat(block("21" + "21" + "0024" + "00000000000000000000FFFFC0000201" + "20010DB8000000000000000000000002"
                        + "0001" + "0002"))
                .isEqualTo(client("192.0.2.1", 1, "2001:db8::2", 2));
    }

    /** LOCAL, with and without a block; no family; UDP; UNIX, by stream and datagram. */
    @Test
    void knowsNoClientThatHasNoAddressByTcp() {
        assertThat(block("20" + "00" + "0000")).isEqualTo(new WithoutClient());
        assertThat(block("20" + "11" + "000C" + IPV4_BLOCK)).isEqualTo(new WithoutClient());
        assertThat(block("20" + "FF" + "0001" + "00")).isEqualTo(new WithoutClient());
        assertThat(block("21" + "00" + "0000")).isEqualTo(new WithoutClient());
        assertThat(block("21" + "12" + "000C" + IPV4_BLOCK)).isEqualTo(new WithoutClient());
        assertThat(block("21" + "22" + "0024" + "00".repeat(36))).isEqualTo(new WithoutClient());
        assertThat(block("21" + "31" + "00D8" + "2F".repeat(216))).isEqualTo(new WithoutClient());
        assertThat(block("21" + "32" + "00D8" + "2F".repeat(216))).isEqualTo(new WithoutClient());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11" + "11" + "000C" + IPV4_BLOCK,
                "31" + "11" + "000C" + IPV4_BLOCK,
                "22" + "11" + "000C" + IPV4_BLOCK,
                "2F" + "11" + "000C" + IPV4_BLOCK,
                "21" + "41" + "000C" + IPV4_BLOCK,
                "21" + "13" + "000C" + IPV4_BLOCK,
                "21" + "11" + "000B" + IPV4_BLOCK,
                "21" + "21" + "000C" + IPV4_BLOCK,
                "21" + "31" + "000C" + IPV4_BLOCK,
                "21" + "11" + "000C" + "00000000" + "C6336402" + "DC04" + "0015",
                "21" + "11" + "000E" + IPV4_BLOCK + "0400",
                "21" + "11" + "000F" + IPV4_BLOCK + "040001",
                "21" + "11" + "0012" + IPV4_BLOCK + "030003" + "000000",
            })
    void refusesWhatIsNoBlock(String hex) {
        assertThat(block(hex)).isInstanceOf(Malformed.class);
    }

    /** ALPN, authority, padding, unique id, TLS with what it has inside, name space, and one that isn't assigned. */
    @Test
    void skipsWhatIsBehindTheAddresses() {
        String vectors = "010003" + "667470" + "020001" + "61" + "040000" + "050002" + "0102" + "20000D" + "0500000000"
                + "210005" + "544C537631" + "300001" + "61" + "E00001" + "00";
        assertThat(block("21" + "11" + length(12 + vectors.length() / 2) + IPV4_BLOCK + vectors))
                .isEqualTo(client("192.0.2.1", 56324, "198.51.100.2", 21));
    }

    @Test
    void checksTheChecksum() {
        String before = SIGNATURE + "21" + "11" + length(12 + 7 + 4) + IPV4_BLOCK + "030004";
        String behind = "040001" + "00";
        CRC32C crc = new CRC32C();
        crc.update(HexFormat.of().parseHex(before + "00000000" + behind));
        String right = HexFormat.of().toHexDigits((int) crc.getValue());
        String wrong = HexFormat.of().toHexDigits((int) crc.getValue() ^ 1);

        assertThat(bytes(before + right + behind)).isInstanceOf(Client.class);
        assertThat(bytes(before + wrong + behind)).isInstanceOf(Malformed.class);
        assertThat(bytes(SIGNATURE + "21" + "11" + length(12 + 14) + IPV4_BLOCK + "03000400000000" + "03000400000000"))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void takesFourKibibytesAndNotMore() {
        int longest = ProxyHeader.LONGEST - 16;
        String padding = "04" + length(longest - 12 - 3) + "00".repeat(longest - 12 - 3);

        assertThat(block("21" + "11" + length(longest) + IPV4_BLOCK + padding)).isInstanceOf(Client.class);
        assertThat(block("21" + "11" + length(longest + 1))).isInstanceOf(Malformed.class);
        assertThat(block("20" + "00" + "FFFF")).isInstanceOf(Malformed.class);
    }

    /** Of any part of a header it wants more, and never more than there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 0 0\r\n",
                "PROXY TCP6 1::1 :: 0 0\r\n",
                "PROXY UNKNOWN\r\n",
                "PROXY UNKNOWN 1 2 3 4 5 6 7 8\r\n",
                "\r\n\r\n\0\r\nQUIT\n \0\0\0",
                "\r\n\r\n\0\r\nQUIT\n!\21\0\17abcdabcdxxyy\4\0\0"
            })
    void asksForNoByteBehindTheHeader(String header) throws IOException {
        byte[] whole = header.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < whole.length; i++) {
            ProxyHeader part = ProxyHeader.in(ByteBuffer.wrap(whole, 0, i));
            assertThat(part).as("%s bytes", i).isInstanceOf(More.class);
            assertThat(((More) part).bytes()).as("wanted of %s", i).isBetween(1, whole.length - i);
        }

        ByteArrayInputStream input =
                new ByteArrayInputStream((header + "USER x\r\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new HeaderReader(Channels.newChannel(input)).read()).isNotInstanceOf(More.class);
        assertThat(input.readAllBytes()).asString(StandardCharsets.ISO_8859_1).isEqualTo("USER x\r\n");
    }

    @Test
    void saysWhetherAPeerThatLeftHadBegun() {
        HeaderReader none = new HeaderReader(Channels.newChannel(new ByteArrayInputStream(new byte[0])));
        HeaderReader some = new HeaderReader(
                Channels.newChannel(new ByteArrayInputStream("PROXY".getBytes(StandardCharsets.US_ASCII))));

        Assertions.assertThatExceptionOfType(EOFException.class).isThrownBy(none::read);
        Assertions.assertThatExceptionOfType(EOFException.class).isThrownBy(some::read);
        assertThat(none.isUnbegun()).isTrue();
        assertThat(some.isUnbegun()).isFalse();
    }

    private static String length(int bytes) {
        return HexFormat.of().toHexDigits((short) bytes);
    }

    private static ProxyHeader line(String text) {
        return ProxyHeader.in(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static ProxyHeader block(String hex) {
        return bytes(SIGNATURE + hex);
    }

    private static ProxyHeader bytes(String hex) {
        return ProxyHeader.in(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private static Client client(String source, int sourcePort, String destination, int destinationPort) {
        return new Client(
                new InetSocketAddress(InetAddress.ofLiteral(source), sourcePort),
                new InetSocketAddress(InetAddress.ofLiteral(destination), destinationPort));
    }
}
