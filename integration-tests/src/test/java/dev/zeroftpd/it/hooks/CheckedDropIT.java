package dev.zeroftpd.it.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check says of an upload, told to an account that may not know what is there. */
@Tag("attack")
class CheckedDropIT {

    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path temporary;

    /** The program knows the name that the file would get, and may say so in a long line. */
    @Test
    void aRefusalTellsNotWhetherTheNameWasTaken() throws IOException {
        String program = """
            echo "${ZEROFTPD_PATH##*/} ($ZEROFTPD_PATH, $ZEROFTPD_FILE): %s"
            exit 1\
            """.formatted("EVIL ".repeat(60));
        HookFolder folder = new HookFolder(temporary);
        ServerOptions options = ServerOptions.standard()
                .with("hook.upload-check", folder.program("scan", program).toString());
        try (ServerProcess server = folder.start(options, "ftpserver.user.alice.permissions=drop");
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Files.writeString(server.home().resolve("is-taken"), "old");
            String free = DataClient.sent(client, "STOR is-freed", NEW).text();

            assertThat(free).startsWith("553 is-freed (/is-freed, /is-freed): EVIL");
            assertThat(DataClient.sent(client, "STOR is-taken", NEW).text())
                    .isEqualTo(free.replace("is-freed", "is-taken"));
            assertThat(HookFolder.names(server.home())).containsExactly("is-taken");
        }
    }
}
