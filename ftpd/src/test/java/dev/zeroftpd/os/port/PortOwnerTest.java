package dev.zeroftpd.os.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only Linux has {@code /proc/net/tcp}. */
@EnabledOnOs(OS.LINUX)
final class PortOwnerTest {

    @Test
    void findsTheProcessThatListens() throws Exception {
        String self = "(process " + ProcessHandle.current().pid() + ")";
        for (String address : new String[] {"127.0.0.1", "::1", "0.0.0.0"}) {
            InetAddress bound = InetAddress.getByName(address);
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, bound)) {
                port = socket.getLocalPort();
                assertThat(PortOwner.of(new InetSocketAddress(bound, port)).orElse("none"))
                        .endsWith(self);
                assertThat(PortOwner.of(new InetSocketAddress("0.0.0.0", port)).orElse("none"))
                        .endsWith(self);
                boolean overlaps = bound.isAnyLocalAddress();
                assertThat(PortOwner.of(new InetSocketAddress("127.0.0.2", port))
                                .isPresent())
                        .isEqualTo(overlaps);
            }
            assertThat(PortOwner.of(new InetSocketAddress(bound, port))).isEmpty();
        }
    }

    @Test
    void allAddressesOfIpv4AreNoneOfIpv6() throws Exception {
        try (ServerSocketChannel all = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            int port = ((InetSocketAddress)
                            all.bind(new InetSocketAddress("0.0.0.0", 0)).getLocalAddress())
                    .getPort();
            assertThat(PortOwner.of(new InetSocketAddress("127.0.0.2", port))).isPresent();
            assertThat(PortOwner.of(new InetSocketAddress("::", port))).isPresent();
            assertThat(PortOwner.of(new InetSocketAddress("::2", port))).isEmpty();
        }
    }
}
