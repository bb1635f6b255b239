package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code listener.greeting-file} and {@code listener.welcome-file}. */
class BannerIT {

    private static final ServerOptions OPTIONS = ServerOptions.standard()
            .with("listener.greeting-file", "greeting")
            .with("listener.welcome-file", "welcome");

    @TempDir
    private Path folder;

    @Test
    void linesOfAFileAreOneReplyWhateverTheyBeginWith() throws IOException {
        write("greeting", "Bücher und Filme\n220 lines are ours\n\n  2026\n221-\nend\n\n");
        write("welcome", "230 times\r\nwelcome");
        try (ServerProcess server = ServerProcess.start(folder, OPTIONS)) {
            try (Socket raw = new Socket()) {
                raw.connect(server.address());
                String expected = "220-Bücher und Filme\r\n  220 lines are ours\r\n\r\n  2026\r\n  221-\r\n220 end\r\n";
                byte[] bytes = expected.getBytes(StandardCharsets.UTF_8);
                InputStream in = raw.getInputStream();
                assertThat(new String(in.readNBytes(bytes.length), StandardCharsets.UTF_8))
                        .isEqualTo(expected);
            }
            FTPClient client = new FTPClient();
            client.setControlEncoding("UTF-8");
            InetSocketAddress address = server.address();
            client.connect(address.getAddress(), address.getPort());
            assertThat(client.getReplyStrings()).hasSize(6);
            assertThat(client.login(Account.ALICE.name(), Account.ALICE.password()))
                    .isTrue();
            assertThat(client.getReplyString()).isEqualTo("230-230 times\r\n230 welcome");
            assertThat(client.noop()).isEqualTo(200);
            client.disconnect();
        }
    }

    @Test
    void aReloadReadsThemAndABrokenOneLeavesThemAsTheyWere() throws IOException {
        write("greeting", "one");
        write("welcome", "one");
        try (ServerProcess server = ServerProcess.start(folder, OPTIONS)) {
            write("greeting", "two");
            server.hangUp();
            server.awaitLogLine(line -> line.contains("Configuration reloaded"));
            assertThat(greeting(server)).contains("two");

            Files.write(folder.resolve("greeting"), new byte[] {'x', (byte) 0xff});
            server.hangUp();
            server.awaitLogLine(line -> line.contains("which isn't in UTF-8"));
            assertThat(greeting(server)).contains("two");
        }
    }

    private static String greeting(ServerProcess server) throws IOException {
        try (ControlClient client = ControlClient.connectUngreeted(server.address())) {
            return client.expectReply(220).text();
        }
    }

    @Test
    void checkSaysWhatIsWrongWithAFile() throws IOException {
        write("greeting", "\033[31mred");
        write("welcome", "x".repeat(8193));
        ServerProcess.writeConfiguration(folder, OPTIONS);

        Command check = Command.run(
                folder,
                Checkout.LAUNCHER.toString(),
                "check",
                "--config",
                folder.resolve("ftpd.properties").toString());

        assertThat(check.expectExit(2).errors())
                .contains("which has a control character in line 1; leave text only")
                .contains("which is larger than 8 KiB; shorten it");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
