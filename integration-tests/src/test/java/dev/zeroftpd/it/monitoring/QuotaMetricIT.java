package dev.zeroftpd.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of their quotas accounts have used. */
class QuotaMetricIT {

    @Test
    void tellsTheBytesInTheHomesOfAccountsWithAQuota(@TempDir Path folder) throws IOException {
        ServerOptions options = ServerOptions.standard()
                .with("admin.http", "127.0.0.1:0")
                .with(Account.ALICE.named("bob").atHome("other"));
        ServerProcess.writeConfiguration(folder, options);
        Files.writeString(
                folder.resolve("users.properties"),
                "ftpserver.user.alice.quota-bytes=1MiB\n",
                StandardOpenOption.APPEND);
        try (ServerProcess server = ServerProcess.startConfigured(folder, options);
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(DataClient.sent(client, "STOR file", new byte[1_234]).code())
                    .isEqualTo(226);

            Http.Answer metrics = Http.of(server).metrics();

            assertThat(metrics.value("zeroftpd_quota_used_bytes{user=\"alice\"}"))
                    .isEqualTo(1_234);
            assertThat(metrics.body()).doesNotContain("zeroftpd_quota_used_bytes{user=\"bob\"}");
        }
    }
}
