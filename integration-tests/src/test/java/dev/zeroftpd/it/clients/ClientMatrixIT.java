package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Site;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every client at every job that it offers. One server takes data connections over TLS only if they resume a session, and
 * serves everything but the jobs that are about another's defaults. docs/clients.md has the table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientMatrixIT {

    private static final ServerOptions OPTIONS =
            ServerOptions.standard().with("listener.tls", "explicit").with(TransferJobs.SLOW);

    @RegisterExtension
    private final RunningServer strict = RunningServer.with(
                    folder -> ServerKeystore.in(folder, OPTIONS.with("tls.session-reuse", "required")))
            .prepared(home -> {
                TransferJobs.prepare(home);
                TreeJobs.prepare(home);
            });

    @RegisterExtension
    private final RunningServer lenient =
            RunningServer.with(folder -> ServerKeystore.in(folder, OPTIONS)).prepared(TransferJobs::prepare);

    @BeforeAll
    void installBasicFtp() throws IOException {
        ScriptClients.installBasicFtp();
    }

    static Stream<Arguments> clients() {
        return Clients.all().stream().map(client -> argumentSet(client.name(), client));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void isInstalled(Client client, @TempDir Path folder) throws IOException {
        assertThat(client.version(folder)).matches(".*\\d.*");
    }

    static Stream<Arguments> cells() {
        return Clients.all().stream()
                .flatMap(client -> Stream.of(Job.values())
                        .filter(client::offers)
                        .map(job -> argumentSet(client.name() + ": " + job.title(), client, job)));
    }

    /** Every cell has folders, a tap and a session of its own, so that some can run at once. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("cells")
    void does(Client client, Job job, @TempDir Path local) throws IOException {
        Way.Family family = switch (job) {
            case IPV6_PASSIVE, IPV6_ACTIVE -> Way.Family.IPV6;
            default -> Way.Family.IPV4;
        };
        RunningServer server = switch (job) {
            case FTPS_1_2, FTPS_1_3 -> lenient;
            default -> strict;
        };
        String remote = "/" + client.name() + "-" + job;
        Files.createDirectory(server.home().resolve(remote.substring(1)));
        try (ControlTap tap = ControlTap.before(server.listener(family))) {
            Site site = new Site(
                    tap.address(),
                    Way.Mode.PASSIVE,
                    Site.Protection.CLEAR,
                    false,
                    Account.ALICE,
                    ServerKeystore.certificate(server.folder()),
                    local);
            try {
                job.doIn(new Cell(client, server, tap, site, local, remote));
            } catch (AssertionError | Exception e) {
                e.addSuppressed(new AssertionError("What was said:\n" + tap.transcript()));
                throw e;
            }
        }
    }

    @Test
    void isInTheDocumentation() throws IOException {
        List<String> page = Files.readAllLines(Checkout.ROOT.resolve("docs/clients.md"));

        assertThat(page).as("docs/clients.md").containsSubsequence(ClientTable.lines());
    }
}
