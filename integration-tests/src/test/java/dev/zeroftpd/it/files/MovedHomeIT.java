package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks of an account whose home has another account's home in it. */
@Tag("attack")
class MovedHomeIT {

    private static final Account OUTER = Account.ALICE;
    private static final Account INNER = Account.ALICE.named("bob").atHome("home/bob");

    @TempDir
    Path folder;

    /** A link that leads out is of no use to the outer account, but it may rename it. */
    @Test
    void noRenameTakesARunningSessionOutOfItsHome() throws IOException {
        try (ServerProcess server =
                ServerProcess.start(folder, ServerOptions.standard().with(INNER))) {
            Path outside = Files.createDirectory(folder.resolve("outside"));
            Files.writeString(outside.resolve("secret"), "secret");
            Files.createDirectories(server.home().resolve("bob"));
            Files.createSymbolicLink(server.home().resolve("link"), outside);
            try (ControlClient inner = ControlClient.login(server.address(), INNER);
                    ControlClient outer = ControlClient.login(server.address(), OUTER)) {
                inner.expect(250, "CWD /");
                outer.expect(350, "RNFR bob");
                outer.expect(250, "RNTO away");
                outer.expect(350, "RNFR link");
                outer.expect(250, "RNTO bob");

                for (String line : new String[] {"SIZE secret", "MLST secret", "DELE secret", "MKD new", "CWD /"}) {
                    Reply refused = inner.command(line);
                    assertThat(refused.code()).as(line).isEqualTo(550);
                    assertThat(refused.text()).as(line).contains("log in again");
                }
                inner.extendedPassive();
                assertThat(inner.command("STOR new").code()).isEqualTo(553);

                outer.expect(350, "RNFR bob");
                outer.expect(250, "RNTO link");
                outer.expect(350, "RNFR away");
                outer.expect(250, "RNTO bob");
                inner.expect(257, "MKD new");
            }
            assertThat(outside).isDirectoryContaining("glob:**secret");
            assertThat(outside.resolve("new")).doesNotExist();
            assertThat(server.home().resolve("bob/new")).isDirectory();
            assertThat(server.logText().lines().filter(line -> line.contains("leads to another directory")))
                    .hasSize(1);
        }
    }

    @Test
    void renamesOnlyWhatWasSeen() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard());
                ControlClient one = ControlClient.login(server.address(), OUTER);
                ControlClient other = ControlClient.login(server.address(), OUTER)) {
            Files.writeString(server.home().resolve("mine"), "mine");
            Files.writeString(server.home().resolve("others"), "others");
            one.expect(350, "RNFR mine");
            other.expect(350, "RNFR mine");
            other.expect(250, "RNTO done");
            other.expect(350, "RNFR others");
            other.expect(250, "RNTO mine");

            Reply refused = one.command("RNTO moved");
            assertThat(refused.code()).isEqualTo(450);
            assertThat(refused.text()).contains("RNFR again");
            assertThat(server.home().resolve("mine")).hasContent("others");
        }
    }
}
