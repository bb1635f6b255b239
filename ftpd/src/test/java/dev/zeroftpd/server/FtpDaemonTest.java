package dev.zeroftpd.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in this process, from its listeners to its end; integration-tests have it as a process of its own. */
final class FtpDaemonTest {

    private static final String LOOPBACK = "listener.address=127.0.0.1\nlistener.port=0\n";

    @TempDir
    Path folder;

    @BeforeEach
    void writeUsers() throws IOException {
        Files.createFile(folder.resolve("users.properties"));
    }

    @Test
    void announcesTheRealPortOfEachListener() throws Exception {
        FtpDaemon daemon = start(LOOPBACK + "listener.six.address=::1\nlistener.six.port=0\n");
        try {
            assertThat(announced(daemon))
                    .hasSize(2)
                    .anyMatch(line -> line.matches("Listening on 127\\.0\\.0\\.1:[1-9]\\d+"))
                    .anyMatch(line -> line.matches("Listening on \\[0:0:0:0:0:0:0:1]:[1-9]\\d+"));
        } finally {
            daemon.drain();
        }
    }

    @Test
    void saysWhichSettingNamesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThatThrownBy(() -> start("listener.address=127.0.0.1\nlistener.port=" + port + "\n"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("the server can't listen")
                    .hasMessageContaining("choose a free port with listener.port");
        }
    }

    @Test
    void drainingTellsAnIdleSessionAndFreesThePort() throws Exception {
        FtpDaemon daemon = start(LOOPBACK);
        int port = portOf(daemon);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader replies = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            assertThat(replies.readLine()).startsWith("220");

            daemon.drain();

            assertThat(replies.readLine()).startsWith("421");
            assertThat(replies.readLine()).isNull();
        }
        daemon.awaitStop();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void canBeDrainedTwice() throws Exception {
        FtpDaemon daemon = start(LOOPBACK);
        daemon.drain();
        daemon.drain();
        daemon.awaitStop();
    }

    private FtpDaemon start(String lines) throws Exception {
        Path file = Files.writeString(
                folder.resolve("ftpd.properties"),
                lines + "users.file=users.properties\npassive.ports=0\nshutdown.grace=1s\n");
        Settings settings = SettingsLoader.load(SettingsSources.ofFile(file)).settings();
        return FtpDaemon.start(settings);
    }

    private static List<String> announced(FtpDaemon daemon) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        daemon.announce(new PrintStream(output, true, UTF_8));
        return output.toString(UTF_8).lines().toList();
    }

    private static int portOf(FtpDaemon daemon) {
        String line = announced(daemon).getFirst();
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }
}
