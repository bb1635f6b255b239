package dev.zeroftpd.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class PortOwnerTest {

    @Test
    void findsTheProcessThatListens() throws Exception {
        assumeTrue(ErrorText.isLinux(), "only Linux has /proc/net/tcp");
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
}
