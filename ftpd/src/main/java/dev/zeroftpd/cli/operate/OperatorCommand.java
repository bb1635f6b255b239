package dev.zeroftpd.cli.operate;

import dev.zeroftpd.cli.text.Shown;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** One of the operator's commands: finds the server, asks it, and says what went wrong. One thread. */
abstract class OperatorCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private WhichServer which = new WhichServer();

    OperatorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Asks the server and prints its answer; returns the exit code. */
    abstract int run(Server server) throws Unanswered, IOException;

    @Override
    public final Integer call() throws IOException {
        try {
            Optional<Path> socket = which.socket(surroundings);
            if (socket.isEmpty()) {
                throw new Unanswered("control.socket is empty: this server can't be reached", ExitCode.NO_SERVER);
            }
            try (Server server = Server.connect(socket.get())) {
                return run(server);
            } catch (EOFException | SocketException ended) {
                throw new Unanswered("the server ended the connection before it had answered", ExitCode.NO_SERVER);
            }
        } catch (Unanswered e) {
            String.valueOf(e.getMessage())
                    .lines()
                    .forEach(line -> surroundings.err().println("error: " + Shown.text(line)));
            return e.exitCode();
        }
    }

    /** Prints a line. */
    final void say(String line) {
        surroundings.out().println(line);
    }

    /** Bans and their ends outlive a restart, unless the answer says otherwise. */
    final void warnOfUnkept(List<Map<String, Object>> answer) {
        if (answer.stream().anyMatch(line -> Boolean.FALSE.equals(line.get("kept")))) {
            surroundings
                    .err()
                    .println("warning: this lasts until the server ends and no longer: it is ending already, or can't"
                            + " write to state.directory (the log says why)");
        }
    }

    final Surroundings surroundings() {
        return surroundings;
    }
}
