package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launched server tells systemd: a program at the other end of the socket prints what it gets. */
class ServiceManagerIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeConfiguration() throws IOException {
        ServerProcess.writeConfiguration(folder, ServerOptions.standard());
    }

    /** What systemd is to the server: Java has no datagram sockets of this family. One thread. */
    private static final class Receiver implements AutoCloseable {

        /** Prints each datagram as one line. */
        private static final String PROGRAM = """
            import socket, sys
            name = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('\\0' + name[1:] if name.startswith('@') else name)
            print('bound', flush=True)
            while True:
                print(s.recv(4096).decode().replace('\\n', ' '), flush=True)
            """;

        private final Process process;
        private final BufferedReader lines;

        Receiver(String address) throws IOException {
            process = new ProcessBuilder("python3", "-c", PROGRAM, address)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            lines = process.inputReader();
            assertThat(next()).isEqualTo("bound");
        }

        String next() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                throw new EOFException("the receiver has ended");
            }
            return line;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private ServerProcess serve(String... environment) throws IOException {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(List.of(environment));
        command.addAll(List.of(
                Checkout.LAUNCHER.toString(),
                "serve",
                "--config",
                folder.resolve("ftpd.properties").toString()));
        return ServerProcess.startCommand(folder, command, 2);
    }

    private void hangUp(ServerProcess server) throws IOException {
        Command.run(folder, "kill", "-HUP", Long.toString(server.processId())).expectExit(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify", "@zeroftpd-test-"})
    void tellsWhenItIsReadyReloadsAndStops(String name) throws IOException {
        String address = name.startsWith("@")
                ? name + folder.getFileName()
                : folder.resolve(name).toString();
        try (Receiver told = new Receiver(address);
                ServerProcess server = serve("NOTIFY_SOCKET=" + address)) {
            assertThat(told.next())
                    .startsWith("READY=1 STATUS=Listening on 127.0.0.1:"
                            + server.address().getPort());

            hangUp(server);
            assertThat(told.next()).startsWith("RELOADING=1 MONOTONIC_USEC=");
            assertThat(told.next()).isEqualTo("READY=1 STATUS=Configuration reloaded");

            Files.writeString(folder.resolve("ftpd.properties"), "listener.prot=1\n");
            hangUp(server);
            assertThat(told.next()).startsWith("RELOADING=1");
            assertThat(told.next()).startsWith("READY=1 STATUS=The configuration has mistakes");

            assertThat(environmentOf(server)).doesNotContain("NOTIFY_SOCKET");
            assertThat(server.stop()).isZero();
            assertThat(told.next()).startsWith("STOPPING=1 ").endsWith("EXTEND_TIMEOUT_USEC=31000000");
        }
    }

    @Test
    void givesSignsOfLifeAsOftenAsItIsAsked() throws IOException {
        String address = folder.resolve("notify").toString();
        try (Receiver told = new Receiver(address);
                ServerProcess server = serve("NOTIFY_SOCKET=" + address, "WATCHDOG_USEC=2000000")) {
            assertThat(told.next()).startsWith("READY=1");
            for (int i = 0; i < 3; i++) {
                assertThat(told.next()).isEqualTo("WATCHDOG=1");
            }
            assertThat(environmentOf(server)).doesNotContain("WATCHDOG");
        }
    }

    /** A pause that no timer takes stands for any fault of ours there. */
    @Test
    void aFaultAfterTheStartEndsTheProcessAsAFailure() throws IOException {
        Command.run(
                        folder,
                        "env",
                        "NOTIFY_SOCKET=" + folder.resolve("notify"),
                        "JAVA_OPTS=-Dzeroftpd.notify.watchdog=-1",
                        Checkout.LAUNCHER.toString(),
                        "serve",
                        "--config",
                        folder.resolve("ftpd.properties").toString())
                .expectExit(1);
    }

    @Test
    void isNoServiceForTheWatchdogOfAnotherProcess() throws IOException {
        String address = folder.resolve("notify").toString();
        try (Receiver told = new Receiver(address);
                ServerProcess server = serve("NOTIFY_SOCKET=" + address, "WATCHDOG_USEC=2000", "WATCHDOG_PID=1")) {
            assertThat(told.next()).startsWith("READY=1");
            assertThat(server.stop()).isZero();
            assertThat(told.next()).startsWith("STOPPING=1");
        }
    }

    /** What programs that the server starts would inherit. */
    private static String environmentOf(ServerProcess server) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(server.processId()), "environ"));
    }
}
