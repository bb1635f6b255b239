package dev.zeroftpd.cli;

import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** What a person reads when a command fails: which file and why, never the name of a class. Stateless; any thread. */
final class FailureText {

    private FailureText() {}

    static String of(Exception failure) {
        return failure instanceof IOException io ? FailureReason.withFile(io) : fault(failure);
    }

    /** The program's own mistake: what its developers need goes to a file. */
    private static String fault(Exception failure) {
        return fault(failure, Path.of(System.getProperty("java.io.tmpdir")));
    }

    static String fault(Exception failure, Path directory) {
        String what = "this is a mistake of the program, not yours; please report it";
        try {
            Path details = Files.createTempFile(directory, "ftpd-fault-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(details))) {
                failure.printStackTrace(writer);
            }
            return what + ", with " + details;
        } catch (IOException e) {
            // a server in its sandbox may not write there
            LoggerFactory.getLogger(FailureText.class).error("A mistake of the program", failure);
            return what + ", with what the log says (it could not be written to a file: " + of(e) + ")";
        }
    }
}
