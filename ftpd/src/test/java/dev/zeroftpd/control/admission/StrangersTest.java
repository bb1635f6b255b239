package dev.zeroftpd.control.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StrangersTest {

    private static final int LIMIT = 4;
    private static final int PREFIX = 64;

    private final Strangers strangers = new Strangers(new SessionLimits(0, 0, LIMIT, PREFIX));
    private final List<String> sentAway = new CopyOnWriteArrayList<>();

    private Probation arrives(String name, String address) throws UnknownHostException {
        return arrives(name, address, Duration.ZERO);
    }

    private Probation arrives(String name, String address, Duration longest) throws UnknownHostException {
        AddressPrefix from = AddressPrefix.of(InetAddress.getByName(address), PREFIX);
        return strangers.arrived(from, longest, _ -> sentAway.add(name), () -> {});
    }

    @Test
    void theOldestOfTheFullestAddressMakesRoom() throws UnknownHostException {
        arrives("first", "192.0.2.1");
        arrives("old", "192.0.2.2");
        arrives("young", "192.0.2.2");
        arrives("last", "192.0.2.3");
        assertThat(sentAway).isEmpty();

        arrives("one more", "192.0.2.4");
        assertThat(sentAway).containsExactly("old");
        assertThat(strangers.count()).isEqualTo(LIMIT);
    }

    @Test
    void nothingHoldsOnToASessionThatHasEnded() throws UnknownHostException {
        Probation sent = arrives("slow", "192.0.2.1");
        sent.closeSoon();
        sent.closeSoon();
        assertThat(strangers.timer().getQueue()).hasSize(1);

        sent.closed();
        assertThat(strangers.timer().getQueue()).isEmpty();

        sent.closeSoon();
        assertThat(strangers.timer().getQueue()).isEmpty();
    }

    @Test
    void theOldestOfAllMakesRoomWhereEachAddressHasOne() throws UnknownHostException {
        for (int i = 1; i <= LIMIT + 2; i++) {
            arrives("client " + i, "192.0.2." + i);
        }
        assertThat(sentAway).containsExactly("client 1", "client 2");
    }

    @Test
    void allAddressesOfAnIpv6PrefixAreOne() throws UnknownHostException {
        arrives("a", "2001:db8:0:1::1");
        arrives("b", "2001:db8:0:2::1");
        arrives("c", "2001:db8:0:2:ffff::1");
        arrives("d", "192.0.2.1");

        arrives("e", "2001:db8:0:3::1");
        assertThat(sentAway).containsExactly("b");
    }

    @Test
    @Tag("attack")
    void oneWithAWholeIpv6SiteDisplacesOnlyItself() throws UnknownHostException {
        arrives("customer of another network", "2001:db8:1:1::1");
        arrives("customer of its own", "2001:db8:f:1::1");
        for (int i = 0; i < LIMIT * 2; i++) {
            arrives("site", "2001:db8:5:" + Integer.toHexString(i) + "::1");
        }
        assertThat(sentAway).hasSize(LIMIT * 2 + 2 - LIMIT).containsOnly("site");
    }

    @Test
    void inTheFullestSiteTheFullestPrefixMakesRoom() throws UnknownHostException {
        arrives("neighbour", "2001:db8:5:1::1");
        arrives("greedy", "2001:db8:5:2::1");
        arrives("greedy", "2001:db8:5:2::2");
        arrives("elsewhere", "192.0.2.1");

        arrives("one more", "192.0.2.2");
        assertThat(sentAway).containsExactly("greedy");
    }

    @Test
    void linkLocalAddressesAreNoSite() throws UnknownHostException {
        arrives("oldest", "192.0.2.1");
        arrives("a", "fe80::1");
        arrives("b", "fe80::2");
        arrives("c", "fe80::3");

        arrives("one more", "192.0.2.2");
        assertThat(sentAway).containsExactly("oldest");
    }

    @Test
    void thoseThatLogInOrEndLeaveTheirPlace() throws UnknownHostException {
        Probation login = arrives("login", "192.0.2.1");
        for (int i = 0; i < LIMIT; i++) {
            arrives("ended", "192.0.2.1").end();
        }
        login.end();
        assertThat(strangers.count()).isZero();
        assertThat(sentAway).isEmpty();
    }

    @Test
    void theClockEndsASessionThatDoesNotLogIn() throws UnknownHostException {
        arrives("slow", "192.0.2.1", Duration.ofMillis(1));
        await().until(() -> sentAway.contains("slow"));
        assertThat(strangers.count()).isZero();
    }

    @Test
    void theClockStandsStillWhileTheServerWorksAndStopsWithALogin() throws UnknownHostException {
        Probation waiting = arrives("waiting", "192.0.2.1", Duration.ofMillis(500));
        waiting.pause();
        arrives("other", "192.0.2.1", Duration.ofMillis(600));
        await().until(() -> sentAway.contains("other"));
        assertThat(sentAway).doesNotContain("waiting");

        waiting.end();
        waiting.resume();
        arrives("another", "192.0.2.1", Duration.ofMillis(600));
        await().until(() -> sentAway.contains("another"));
        assertThat(sentAway).doesNotContain("waiting");
    }

    @Test
    void aLogoutBeginsTheTimeAnew() throws UnknownHostException {
        Probation session = arrives("session", "192.0.2.1", Duration.ofMillis(1));
        session.end();
        sentAway.clear();
        session.begin();
        await().until(() -> sentAway.contains("session"));
    }

    @Test
    void aPrefixKeepsItsFirstBits() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("2001:db8:aaaa:bbbb:cccc::1");
        assertThat(AddressPrefix.of(address, 128).first()).isEqualTo(address);
        assertThat(AddressPrefix.of(address, 52).first()).isEqualTo(InetAddress.getByName("2001:db8:aaaa:b000::"));
        assertThat(AddressPrefix.of(address, 1).first()).isEqualTo(InetAddress.getByName("::"));
        InetAddress linkLocal = InetAddress.getByName("fe80::1:2");
        assertThat(AddressPrefix.of(linkLocal, 64).first()).isEqualTo(linkLocal);
        InetAddress old = InetAddress.getByName("192.0.2.7");
        assertThat(AddressPrefix.of(old, 1).first()).isEqualTo(old);
    }
}
