package dev.zeroftpd.it.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.impl.DefaultConnectionConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which thread an embedder's own code is called on: the I/O thread only where nothing can block it. */
class EmbeddingThreadsIT {

    private static final String COMMAND_THREAD = "ftp-command-";

    private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

    @TempDir
    Path home;

    @Test
    void runsCommandsThatNeverBlockOnTheIoThread() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(Account.ALICE, home.toString(), this::observe)) {
            assertThat(threadOfUser(server)).doesNotStartWith(COMMAND_THREAD);
        }
    }

    @Test
    void asksFtpletsOnACommandThread() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(Account.ALICE, home.toString(), factory -> {
            observe(factory);
            factory.setFtplets(Map.of("test", new DefaultFtplet() {}));
        })) {
            assertThat(threadOfUser(server)).startsWith(COMMAND_THREAD);
        }
    }

    @Test
    void runsTheEmbeddersCommandsOnACommandThread() throws Exception {
        CommandFactoryFactory commands = new CommandFactoryFactory();
        commands.addCommand(
                "NOOP",
                (session, context, request) -> session.write(
                        new DefaultFtpReply(200, Thread.currentThread().getName())));
        try (EmbeddedServer server = EmbeddedServer.start(
                        Account.ALICE,
                        home.toString(),
                        factory -> factory.setCommandFactory(commands.createCommandFactory()));
                ControlClient control = ControlClient.connect(server.address())) {
            assertThat(control.expect(200, "NOOP").text()).startsWith("200 " + COMMAND_THREAD);
        }
    }

    /** Writes down on which thread USER asks the embedder's configuration. */
    private void observe(FtpServerFactory factory) {
        factory.setConnectionConfig(new DefaultConnectionConfig() {
            @Override
            public boolean isAnonymousLoginEnabled() {
                threads.add(Thread.currentThread().getName());
                return true;
            }
        });
    }

    private String threadOfUser(EmbeddedServer server) throws IOException, InterruptedException {
        try (ControlClient control = ControlClient.connect(server.address())) {
            control.expect(331, "USER anonymous");
        }
        return threads.take();
    }
}
