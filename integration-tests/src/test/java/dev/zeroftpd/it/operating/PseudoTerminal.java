package dev.zeroftpd.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a terminal of its own, as a person sees it. One thread. */
final class PseudoTerminal implements AutoCloseable {

    /** Passes on what the program writes, and types and resizes as it is told. */
    private static final String TERMINAL = """
        import fcntl, os, pty, select, struct, sys, termios
        pid, master = pty.fork()
        if pid == 0:
            os.execvp(sys.argv[1], sys.argv[1:])
        told = b""
        while True:
            ready = select.select([master, 0], [], [])[0]
            if master in ready:
                try:
                    seen = os.read(master, 65536)
                except OSError:
                    break
                os.write(1, seen)
            if 0 in ready:
                told += os.read(0, 65536)
                while b"\\n" in told:
                    line, told = told.split(b"\\n", 1)
                    what, *words = line.split()
                    if what == b"size":
                        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", int(words[0]), int(words[1]), 0, 0))
                    else:
                        os.write(master, bytes.fromhex(words[0].decode()))
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """;

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final BufferedWriter orders;

    private PseudoTerminal(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.orders = process.outputWriter(StandardCharsets.US_ASCII);
    }

    static PseudoTerminal run(Path folder, List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "terminal", ".out");
        List<String> all = new ArrayList<>(List.of("/usr/bin/python3", "-c", TERMINAL));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("TERM", "xterm");
        return new PseudoTerminal(builder.start(), output);
    }

    void resize(int rows, int columns) throws IOException {
        order("size " + rows + ' ' + columns);
    }

    void type(String keys) throws IOException {
        order("type " + HexFormat.of().formatHex(keys.getBytes(StandardCharsets.UTF_8)));
    }

    private void order(String line) throws IOException {
        orders.write(line + '\n');
        orders.flush();
    }

    /** Everything that was written, with what drives the terminal. */
    String written() throws IOException {
        return Files.readString(output);
    }

    /** The lines since the cursor was sent to the upper left corner for the last time. */
    List<String> screen() throws IOException {
        String all = written();
        String last = all.substring(Math.max(0, all.lastIndexOf("\u001b[H")));
        return List.of(last.replaceAll("\u001b[\\[(][0-9;?]*[A-Za-z]", "").split("\r?\n", -1));
    }

    boolean shows(String text) throws IOException {
        return screen().stream().anyMatch(line -> line.contains(text));
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
