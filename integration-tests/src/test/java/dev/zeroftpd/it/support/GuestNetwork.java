package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A network of two machines: a server on one, and clients that are not on the server's machine on the other. Both are name
 * spaces of their own, so that no privilege is needed. Its clients' addresses are 198.51.100.3 to .5.
 */
public final class GuestNetwork implements AutoCloseable {

    /** The server's address. */
    public static final String SERVER = "198.51.100.2";

    private static final String ADDRESSES = "for last in 3 4 5; do ip address add 198.51.100.$last/24 dev far; done";

    private static final String SETUP = """
        set -e
        ip link set lo up
        ip link add near type veth peer name far
        ip address add 198.51.100.2/24 dev near
        ip link set near up
        unshare --net sh -c 'echo here > "$0.ready"; exec sleep 600' "$0" &
        guest=$!
        while ! test -e "$0.ready"; do sleep 0.05; done
        ip link set far netns $guest
        nsenter --net --target $guest sh -c '%s; ip link set far up'
        echo $guest > "$0"
        exec "$@"
        """.formatted(ADDRESSES);

    private final Path folder;
    private final Path guest;
    private final List<String> users;
    private final List<String> sameUsers;

    /** @param folder where the two machines find each other */
    public GuestNetwork(Path folder) {
        this(folder, List.of("--user", "--map-root-user"), List.of("--user", "--preserve-credentials"));
    }

    private GuestNetwork(Path folder, List<String> users, List<String> sameUsers) {
        this.folder = folder;
        this.guest = folder.resolve("guest");
        this.users = users;
        this.sameUsers = sameUsers;
    }

    /** One with the users of this machine, which only root can have. */
    public static GuestNetwork ofRoot(Path folder) {
        return new GuestNetwork(folder, List.of(), List.of());
    }

    /** What a server of this network is started with. */
    public List<String> wrapper() {
        List<String> command = new ArrayList<>(List.of("unshare"));
        command.addAll(users);
        command.addAll(List.of("--net", "sh", "-c", SETUP, guest.toString()));
        return command;
    }

    /** A control connection from one of the clients' addresses. */
    public GuestClient connect(String from, int port) throws IOException {
        return new GuestClient(onGuest("nc", "-n", "-s", from, SERVER, Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Connects so often from one of the clients' addresses, and resets each connection at once. */
    public void connectAndReset(String from, int port, int times) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process program = onGuest(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResettingClient.class.getName(),
                        from,
                        SERVER,
                        Integer.toString(port),
                        Integer.toString(times))
                .inheritIO()
                .start();
        assertThat(program.waitFor()).isZero();
    }

    /** Starts a program on the clients' machine. */
    public Process start(String... program) throws IOException {
        return onGuest(program)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Takes the clients' machine off the network: what it sends doesn't arrive, and it answers nothing. */
    public void vanish() throws IOException {
        configure("ip address flush dev far");
    }

    /** The clients' machine is there again. */
    public void comeBack() throws IOException {
        configure(ADDRESSES);
    }

    private void configure(String script) throws IOException {
        List<String> command = onGuest("sh", "-e", "-c", script).command();
        Command.run(folder, Map.of(), "", command).expectExit(0);
    }

    private ProcessBuilder onGuest(String... program) throws IOException {
        List<String> command = new ArrayList<>(List.of("nsenter"));
        command.addAll(sameUsers);
        command.addAll(List.of("--net", "--target", guestProcess()));
        command.addAll(List.of(program));
        return new ProcessBuilder(command);
    }

    private String guestProcess() throws IOException {
        return Files.readString(guest).strip();
    }

    /** Ends the clients' machine; the server's ends with the server. */
    @Override
    public void close() throws IOException {
        if (Files.exists(guest)) {
            long process = Long.parseLong(guestProcess());
            ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
            Files.delete(guest);
            Files.delete(Path.of(guest + ".ready"));
        }
    }

    /** A control connection by way of netcat, which knows no protocol. One thread. */
    public static final class GuestClient implements AutoCloseable {

        private static final int LAST_LINE = 3;

        /** Only a server that doesn't end it is waited for so long. */
        private static final long END_SECONDS = 30;

        private final Process process;
        private final BufferedReader replies;
        private final BufferedWriter commands;

        GuestClient(Process process) {
            this.process = process;
            this.replies = process.inputReader();
            this.commands = process.outputWriter();
        }

        /** The code of the next reply. */
        public int reply() throws IOException {
            for (String line = replies.readLine(); line != null; line = replies.readLine()) {
                if (line.charAt(LAST_LINE) == ' ') {
                    return Integer.parseInt(line.substring(0, LAST_LINE));
                }
            }
            throw new EOFException("the connection has ended");
        }

        /** Asserts that the server has ended the connection: only then netcat ends, if it has nothing to send. */
        public void expectEnd() throws IOException, InterruptedException {
            commands.close();
            assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS))
                    .as("ended")
                    .isTrue();
            assertThat(replies.readLine()).isNull();
        }

        public void send(String... lines) throws IOException {
            for (String line : lines) {
                commands.write(line + "\r\n");
            }
            commands.flush();
        }

        public void expect(int... codes) throws IOException {
            for (int code : codes) {
                assertThat(reply()).isEqualTo(code);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            await().until(() -> process.waitFor(0, TimeUnit.SECONDS));
        }
    }
}
