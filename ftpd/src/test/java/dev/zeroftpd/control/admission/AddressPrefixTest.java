package dev.zeroftpd.control.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "fe80::1:2, fe80:0:0:0:0:0:1:2",
        "64:ff9b::192.0.2.7, 192.0.2.7",
        "64:ff9b:1::192.0.2.7, 64:ff9b:1:0:0:0:c000:207",
        "::ffff:0:192.0.2.7, 192.0.2.7",
        "2002:c000:207:1:2:3:4:5, 192.0.2.7",
        "2001:0:c633:6407:0:1234:3fff:fdf8, 192.0.2.7",
        "2001:1:c633:6407:0:1234:3fff:fdf8, 2001:1:c633:6407:0:0:0:0/64"
    })
    void isWhatOneClientCannotChange(String address, String prefix) {
        assertThat(AddressPrefix.of(InetAddress.ofLiteral(address), 64)).hasToString(prefix);
    }

    @Test
    void countsClientsBehindNat64AsTheirIpv4Addresses() {
        assertThat(AddressPrefix.counted(InetAddress.ofLiteral("64:ff9b::c000:207"), 128))
                .isEqualTo(new AddressPrefix(InetAddress.ofLiteral("192.0.2.7")));
        assertThat(AddressPrefix.counted(InetAddress.ofLiteral("64:ff9b::c000:207"), 120))
                .isEqualTo(AddressPrefix.range(InetAddress.ofLiteral("192.0.2.0"), 24));
        assertThat(AddressPrefix.counted(InetAddress.ofLiteral("2001:db8::1"), 128))
                .isEqualTo(new AddressPrefix(InetAddress.ofLiteral("2001:db8::1")));
        assertThat(AddressPrefix.counted(InetAddress.ofLiteral("64:ff9b::"), 32).bits())
                .isEqualTo(32);
    }

    @Test
    void countsRangesOfTranslatorsAsTheirIpv4RangesButThoseOfTunnelsAsTheyAre() {
        assertThat(AddressPrefix.counted(InetAddress.ofLiteral("::ffff:0:192.0.2.7"), 120))
                .isEqualTo(AddressPrefix.range(InetAddress.ofLiteral("192.0.2.0"), 24));
        assertThat(AddressPrefix.counted(InetAddress.ofLiteral("2002:c000:207::"), 112))
                .hasToString("2002:c000:207:0:0:0:0:0/112");
        assertThat(AddressPrefix.counted(InetAddress.ofLiteral("2001:0:c633:6407::"), 96))
                .hasToString("2001:0:c633:6407:0:0:0:0/96");
    }

    @Test
    void hasNoZone() throws UnknownHostException {
        byte[] bytes = InetAddress.ofLiteral("fe80::1").getAddress();
        AddressPrefix prefix = AddressPrefix.of(Inet6Address.getByAddress("link", bytes, 7), 64);
        assertThat(prefix).hasToString("fe80:0:0:0:0:0:0:1");
    }
}
