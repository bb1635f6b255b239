package dev.zeroftpd.dataconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.PortRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.ftpserver.DataConnectionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
class PassivePortsTest {

    private static final int FIRST = 50_000;

    private static final InetAddress ALICE = new InetSocketAddress("192.0.2.1", 0).getAddress();
    private static final InetAddress BOB = new InetSocketAddress("192.0.2.2", 0).getAddress();

    private static PassivePorts ports(int size) {
        return new PassivePorts(new PortRange(FIRST, FIRST + size - 1), new Random(1), address -> address);
    }

    /** Takes as many as it gets. */
    private static List<Integer> takeAll(PassivePorts ports, InetAddress client) {
        List<Integer> taken = new ArrayList<>();
        try {
            while (true) {
                taken.add(ports.acquire(client));
            }
        } catch (DataConnectionException refused) {
            return taken;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 20, 1000})
    void anAddressCannotHoldThemAll(int size) throws DataConnectionException {
        PassivePorts ports = ports(size);

        List<Integer> alices = takeAll(ports, ALICE);

        assertThat(alices).hasSizeBetween(size / 2, size - 1).doesNotHaveDuplicates();
        assertThatThrownBy(() -> ports.acquire(ALICE))
                .isInstanceOf(DataConnectionException.class)
                .hasMessageContaining("Your address has " + alices.size()
                        + (alices.size() == 1 ? " passive port open" : " passive ports open"));
        assertThat(ports.acquire(BOB)).isBetween(FIRST, FIRST + size - 1).isNotIn(alices);
    }

    @Test
    void anAddressAloneMayHaveThreeQuarters() {
        assertThat(takeAll(ports(1000), ALICE)).hasSize(750);
    }

    @Test
    void theOnlyPortServesEveryAddressInTurn() throws DataConnectionException {
        PassivePorts ports = ports(1);

        ports.release(ports.acquire(ALICE));

        assertThat(ports.acquire(BOB)).isEqualTo(FIRST);
        assertThatThrownBy(() -> ports.acquire(ALICE)).hasMessageContaining("All passive ports are in use");
    }

    @Test
    void aPortThatComesBackCanBeTakenAgain() throws DataConnectionException {
        PassivePorts ports = ports(20);
        List<Integer> alices = takeAll(ports, ALICE);

        ports.release(alices.getFirst());

        assertThat(takeAll(ports, ALICE)).hasSize(1);
    }

    @Test
    void portsOfOtherProgramsCountForNoClient() throws DataConnectionException {
        PassivePorts ports = ports(3);
        for (int i = 0; i < 2; i++) {
            ports.foundTaken(ports.acquire(ALICE));
        }

        assertThat(ports.acquire(ALICE)).isBetween(FIRST, FIRST + 2);
    }

    @Test
    void theNextPortIsNoNeighbourOfTheLast() throws DataConnectionException {
        PassivePorts ports = ports(1000);
        int neighbours = 0;
        int last = 0;
        for (int i = 0; i < 200; i++) {
            int port = ports.acquire(ALICE);
            neighbours += port == last + 1 ? 1 : 0;
            last = port;
            ports.release(port);
        }

        assertThat(neighbours).isLessThan(20);
    }

    @Test
    void aPortRestsUntilHalfOfTheOthersWereUsed() throws DataConnectionException {
        PassivePorts ports = ports(1000);
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            int port = ports.acquire(ALICE);
            used.add(port);
            ports.release(port);
        }

        assertThat(used).hasSize(500);
    }
}
