package dev.zeroftpd.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.control.ControlConnections.Admission;
import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.ops.event.Events;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ControlConnectionsTest {

    @Test
    void givesAPlaceBackOfWhichNoConnectionCame() throws Exception {
        ControlConnections connections = new ControlConnections(new SessionLimits(2, 1, 0, 64), Events.NONE);
        AddressPrefix one = connections.prefixOf(InetAddress.getByName("192.0.2.1"));
        AddressPrefix other = connections.prefixOf(InetAddress.getByName("192.0.2.2"));
        assertThat(connections.admit(one)).isEqualTo(Admission.ADMITTED);
        assertThat(connections.admit(one)).isEqualTo(Admission.TOO_MANY_FROM_ADDRESS);

        connections.withdraw(one);

        assertThat(connections.count()).isZero();
        assertThat(connections.admit(one)).isEqualTo(Admission.ADMITTED);
        assertThat(connections.admit(other)).isEqualTo(Admission.ADMITTED);
        connections.withdraw(one);
        connections.withdraw(other);
        assertThat(connections.awaitNone(Duration.ZERO)).isTrue();
    }
}
