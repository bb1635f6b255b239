package dev.zeroftpd.cli;

import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a person reads when a command fails: which file and why, never the name of a class. Stateless; any thread. */
final class FailureText {

    private FailureText() {}

    static String of(Exception failure) {
        return failure instanceof IOException io ? FailureReason.withFile(io) : fault(failure);
    }

    /** The program's own mistake: what its developers need goes to a file. */
    private static String fault(Exception failure) {
        String what = "this is a mistake of the program, not yours; please report it";
        try {
            Path details = Files.createTempFile("ftpd-fault-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(details))) {
                failure.printStackTrace(writer);
            }
            return what + ", with " + details;
        } catch (IOException e) {
            return what + " (its details could not be written: " + of(e) + ")";
        }
    }
}
