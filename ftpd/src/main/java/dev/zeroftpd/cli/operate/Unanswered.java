package dev.zeroftpd.cli.operate;

import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.ErrorText;
import java.io.Serial;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

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
        OptionalInt number = ErrorText.number(failure);
        if (number.equals(OptionalInt.of(ErrorNumber.EACCES))) {
            return because(socket + ": permission denied; only the server's user and root may ask it");
        }
        String why = String.valueOf(failure.getMessage());
        if (!Files.exists(socket)) {
            why = "there is no such socket";
        } else if (failure instanceof ConnectException || number.equals(OptionalInt.of(ErrorNumber.ECONNREFUSED))) {
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
