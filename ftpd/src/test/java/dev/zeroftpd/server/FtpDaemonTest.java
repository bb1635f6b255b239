package dev.zeroftpd.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
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
    void saysWhichSettingNamesAPortThatIsTakenAndByWhichProcess() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            String settings = LOOPBACK + "listener.b.address=127.0.0.1\nlistener.b.port=" + port + "\n";

            assertThatThrownBy(() -> start(settings))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("127.0.0.1:" + port + " is in use")
                    .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")")
                    .hasMessageContaining("choose another port with listener.b.port or --set listener.b.port=PORT");
            assertThat(Preflight.bind(settings(settings)))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.what()).contains("127.0.0.1:" + port + " is in use"));
        }
    }

    /** Addresses for documentation (RFC 5737) belong to no machine. */
    @Test
    void saysThatAnAddressIsNotOfThisMachine() throws Exception {
        String settings = "listener.address=203.0.113.77\nlistener.port=0\n";

        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("listener.address=203.0.113.77 is no address of this machine")
                .hasMessageContaining("127.0.0.1");
        assertThat(Preflight.bind(settings(settings))).hasSize(1);
    }

    @Test
    void saysThatAHostIsUnknown() throws Exception {
        String settings = "listener.address=no-such-host.invalid\nlistener.port=0\n";

        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("listener.address=no-such-host.invalid is no host that this machine knows");
        assertThat(Preflight.bind(settings(settings))).hasSize(1);
    }

    @Test
    void triesAllListenersTogetherAndLeavesTheirPortsFree() throws Exception {
        String two = LOOPBACK + "listener.b.address=127.0.0.1\nlistener.b.port=0\n";

        assertThat(Preflight.bind(settings(two))).isEmpty();
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
    void aSessionMayGoOnAndTheServerEndsWhenItHasGone() throws Exception {
        FtpDaemon daemon = start(LOOPBACK + "shutdown.session-grace=1h\n");
        int port = portOf(daemon);
        Thread drain = Thread.ofVirtual().unstarted(daemon::drain);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader replies = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            assertThat(replies.readLine()).startsWith("220");

            drain.start();
            await().until(() -> isFree(port));

            client.getOutputStream().write("NOOP\r\n".getBytes(UTF_8));
            assertThat(replies.readLine()).startsWith("200");
            assertThat(drain.isAlive()).isTrue();
            client.getOutputStream().write("QUIT\r\n".getBytes(UTF_8));
            assertThat(replies.readLine()).startsWith("221");
            assertThat(replies.readLine()).isNull();
        }
        drain.join();
        daemon.awaitStop();
    }

    private static boolean isFree(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void canBeDrainedTwice() throws Exception {
        FtpDaemon daemon = start(LOOPBACK);
        daemon.drain();
        daemon.drain();
        daemon.awaitStop();
    }

    private FtpDaemon start(String lines) throws Exception {
        return FtpDaemon.start(loaded(lines));
    }

    private Settings settings(String lines) throws Exception {
        return loaded(lines).settings();
    }

    private LoadedSettings loaded(String lines) throws Exception {
        Path file = Files.writeString(
                folder.resolve("ftpd.properties"),
                lines + "users.file=users.properties\nstate.directory=state\ncontrol.socket=ftpd.sock\n"
                        + "passive.ports=0\nshutdown.grace=1s\n");
        return SettingsLoader.load(SettingsSources.ofFile(file));
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
