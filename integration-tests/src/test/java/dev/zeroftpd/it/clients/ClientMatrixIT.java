package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Site;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every client at every job that it offers. One server takes data connections over TLS only if they resume a session, and
 * serves everything but the jobs that are about another's defaults. docs/clients.md has the table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientMatrixIT {

    private Server strict;
    private Server lenient;

    /** A running server and its certificate. */
    private record Server(ServerProcess process, Path certificate) {

        static Server start(Path folder, ServerOptions options) throws IOException {
            Path own = Files.createDirectory(folder);
            ServerProcess process =
                    ServerProcess.start(own, ServerKeystore.in(own, options.with("listener.tls", "explicit")));
            TransferJobs.prepare(process.home());
            return new Server(process, ServerKeystore.certificate(own));
        }
    }

    @BeforeAll
    void startServers(@TempDir Path folder) throws IOException {
        ScriptClients.installBasicFtp();
        ServerOptions options = ServerOptions.standard().with(TransferJobs.SLOW);
        strict = Server.start(folder.resolve("strict"), options.with("tls.session-reuse", "required"));
        TreeJobs.prepare(strict.process().home());
        lenient = Server.start(folder.resolve("lenient"), options);
    }

    @AfterAll
    void stopServers() {
        strict.process().close();
        lenient.process().close();
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

    @ParameterizedTest
    @MethodSource("cells")
    void does(Client client, Job job, @TempDir Path local) throws IOException {
        Way.Family family = switch (job) {
            case IPV6_PASSIVE, IPV6_ACTIVE -> Way.Family.IPV6;
            default -> Way.Family.IPV4;
        };
        Server running = switch (job) {
            case FTPS_1_2, FTPS_1_3 -> lenient;
            default -> strict;
        };
        ServerProcess server = running.process();
        String remote = "/" + client.name() + "-" + job;
        Files.createDirectory(server.home().resolve(remote.substring(1)));
        try (ControlTap tap = ControlTap.before(server.listener(family))) {
            Site site = new Site(
                    tap.address(),
                    Way.Mode.PASSIVE,
                    Site.Protection.CLEAR,
                    false,
                    Account.ALICE,
                    running.certificate(),
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
