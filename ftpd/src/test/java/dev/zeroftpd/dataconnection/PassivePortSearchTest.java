package dev.zeroftpd.dataconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.transfer.result.Outcome.NoDataConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.junit.jupiter.api.Test;

/** What a client may read where no data connection can be opened. */
class PassivePortSearchTest {

    /** Of TEST-NET-1 (RFC 5737): no machine has it. */
    private static final String STRANGE_ADDRESS = "192.0.2.77";

    @Test
    void tellsNoAddressOfThisMachineAndKeepsTheCause() throws Exception {
        DataConnectionConfiguration anyPort =
                new DataConnectionConfigurationFactory().createDataConnectionConfiguration();
        PassivePortSearch search = new PassivePortSearch(
                anyPort, InetAddress.getLoopbackAddress(), Optional.empty(), Duration.ofSeconds(1));
        assertThatThrownBy(() -> search.listen(InetAddress.getByName(STRANGE_ADDRESS)))
                .isInstanceOfSatisfying(
                        DataConnectionRefusal.class,
                        refusal -> assertThat(refusal.words())
                                .isEqualTo("The server can't listen for a data connection now, see its log; try again"
                                        + " later."))
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void tellsNoTextOfAFailureThatIsNotThePeers() {
        NoDataConnection outcome = OpenFaults.of(new IOException("/10.1.2.3:40000: Too many open files"));
        assertThat(outcome.detail()).isEqualTo("the server can't open it now, see its log; try again later");
        assertThat(OpenFaults.of(new IOException("Connection refused")).detail())
                .isEqualTo("connection refused");
    }
}
