package dev.zeroftpd.control.ban;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clients that come through translators and tunnels have the address of the IPv4 host in theirs. */
class TranslatedBansTest {

    private static final InetAddress STRANGER = InetAddress.ofLiteral("240.0.2.7");

    private static final BanRules RULES = GuessesTest.rules(10, Set.of());

    @Test
    void aGuessThroughATranslatorOrTunnelKeepsOutNoNeighbourThere() {
        Bans bans = Bans.inMemory(RULES, () -> 0L);
        for (String guesser :
                List.of("64:ff9b::240.0.2.7", "64:ff9b:1::240.0.2.8", "2001:0:c633:6407:0:1234:fff:fdf6")) {
            bans.ban(AddressPrefix.of(InetAddress.ofLiteral(guesser), 32), "a test");
            assertThat(bans.isBanned(InetAddress.ofLiteral(guesser)))
                    .as(guesser)
                    .isTrue();
        }
        assertThat(bans.isBanned(STRANGER)).as("the same host without it").isTrue();
        for (String neighbour :
                List.of("64:ff9b::240.0.2.6", "64:ff9b:1::240.0.2.6", "2001:0:c633:6407:0:1234:fff:fdf9")) {
            assertThat(bans.isBanned(InetAddress.ofLiteral(neighbour)))
                    .as(neighbour)
                    .isFalse();
        }
    }

    @Test
    void theOperatorBansWholeTranslatorsAndTunnels() {
        Bans bans = Bans.inMemory(RULES, () -> 0L);
        bans.banByOperator(AddressPrefix.counted(InetAddress.ofLiteral("64:ff9b::"), 64), Bans.FOR_GOOD);
        bans.banByOperator(AddressPrefix.counted(InetAddress.ofLiteral("2001::"), 32), Bans.FOR_GOOD);
        assertThat(bans.isBanned(InetAddress.ofLiteral("64:ff9b::240.0.2.7"))).isTrue();
        assertThat(bans.isBanned(InetAddress.ofLiteral("2001:0:c633:6407:0:1234:fff:fdf8")))
                .isTrue();
        assertThat(bans.isBanned(STRANGER)).isFalse();
    }
}
