package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files of the kernel say that they have no bytes, and have some. */
@Tag("attack")
class UnknownLengthIT {

    private static final Account KERNEL = Account.ALICE.named("kernel").atHome("/proc");

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(KERNEL));

    @Test
    void noDownloadSaysThatItIsCompleteWithNothing() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), KERNEL);
                DataClient unused = DataClient.connect(client.extendedPassive())) {
            Reply refused = client.command("RETR version");
            assertThat(refused.code()).isEqualTo(550);
            assertThat(refused.text()).contains("length is not known");
            assertThat(unused).isNotNull();
        }
    }
}
