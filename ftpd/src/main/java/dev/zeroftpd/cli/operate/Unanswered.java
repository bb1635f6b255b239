package dev.zeroftpd.cli.operate;

import java.io.Serial;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A command gets no answer, or not the one that it wants: its message says why, its exit code is what the command returns. */
final class Unanswered extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Unanswered(String why, int exitCode) {
        super(why);
        this.exitCode = exitCode;
    }

    static Unanswered because(String why) {
        return new Unanswered(why, ExitCode.FAILED);
    }

    /** There is nothing to connect to, or it may not be connected to. */
    static Unanswered at(Path socket, SocketException failure) {
        String said = String.valueOf(failure.getMessage());
        if (said.contains("Permission denied")) {
            return because(socket + ": permission denied; only the server's user and root may ask it");
        }
        String why = said;
        if (!Files.exists(socket)) {
            why = "there is no such socket";
        } else if (failure instanceof ConnectException || said.contains("Connection refused")) {
            why = "a server that has ended left it behind";
        }
        return new Unanswered(
                "no server answers at " + socket + " (" + why
                        + "); name the configuration of the one that is meant with --config",
                ExitCode.NO_SERVER);
    }

    int exitCode() {
        return exitCode;
    }
}
