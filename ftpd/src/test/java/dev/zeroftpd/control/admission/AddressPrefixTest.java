package dev.zeroftpd.control.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
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
        "64:ff9b:1::192.0.2.7, 64:ff9b:1:0:0:0:0:0/64"
    })
    void isWhatOneClientCannotChange(String address, String prefix) {
        assertThat(AddressPrefix.of(InetAddress.ofLiteral(address), 64)).hasToString(prefix);
    }
}
