package dev.zeroftpd.transfer;

import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.ErrorText;
import dev.zeroftpd.transfer.result.FileFailureException;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.OptionalInt;

/**
 * Turns the failures of a file into outcomes: storage says what happened by type, the JDK by the text of an error number.
 * Any other text may hold paths, class names or stack traces, and is for the log only. Any thread.
 */
final class LocalFailures {

    private LocalFailures() {}

    static Outcome outcome(IOException failure) {
        if (failure instanceof FileFailureException known) {
            return known.outcome();
        }
        OptionalInt number = ErrorText.number(failure);
        if (number.isEmpty()) {
            return failure instanceof AccessDeniedException
                    ? new Outcome.NotPermitted("permission denied")
                    : Outcome.LocalFailure.unexpected(failure);
        }
        return outcome(number.getAsInt(), failure);
    }

    /** In English, whatever language the process was started in. */
    private static Outcome outcome(int number, IOException failure) {
        return switch (number) {
            case ErrorNumber.ENOSPC -> new Outcome.DiskFull(Outcome.DiskFull.WORDS);
            case ErrorNumber.EDQUOT -> new Outcome.QuotaExceeded("Disk quota exceeded");
            case ErrorNumber.EFBIG -> new Outcome.QuotaExceeded("File too large for this file system");
            case ErrorNumber.EPERM, ErrorNumber.EACCES -> new Outcome.NotPermitted("permission denied");
            case ErrorNumber.EROFS -> new Outcome.NotPermitted("the file system is read-only");
            case ErrorNumber.EIO -> new Outcome.LocalFailure("Input/output error", failure);
            default -> Outcome.LocalFailure.unexpected(failure);
        };
    }
}
