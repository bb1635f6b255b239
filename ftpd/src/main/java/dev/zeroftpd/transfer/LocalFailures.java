package dev.zeroftpd.transfer;

import dev.zeroftpd.os.SystemError;
import dev.zeroftpd.transfer.result.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Turns a local file system's exceptions into outcomes. Any thread. */
final class LocalFailures {

    private LocalFailures() {}

    static Outcome outcome(IOException failure) {
        String said = said(failure);
        if (failure instanceof AccessDeniedException) {
            return new Outcome.NotPermitted(said.isEmpty() || !isPlain(failure, said) ? "permission denied" : said);
        }
        if (SystemError.NO_SPACE.isSaidBy(said)) {
            return new Outcome.DiskFull("No space left on device");
        }
        if (SystemError.QUOTA_EXCEEDED.isSaidBy(said)) {
            return new Outcome.QuotaExceeded("Disk quota exceeded");
        }
        if (SystemError.TOO_LARGE.isSaidBy(said)) {
            return new Outcome.QuotaExceeded("File too large for this file system");
        }
        boolean plain = isPlain(failure, said);
        if (SystemError.READ_ONLY.isSaidBy(said) || SystemError.NOT_PERMITTED.isSaidBy(said)) {
            return new Outcome.NotPermitted(plain ? said : "permission denied");
        }
        return plain ? new Outcome.LocalFailure(said, failure) : Outcome.LocalFailure.unexpected(failure);
    }

    /** Why, in the words of the exception; empty if it has none. The message of a FileSystemException is a path. */
    private static String said(IOException failure) {
        String said = failure instanceof FileSystemException ofFile ? ofFile.getReason() : failure.getMessage();
        return said == null ? "" : said;
    }

    /** True if the client may read it: other libraries put class names, stack traces and paths into messages. */
    private static boolean isPlain(IOException failure, String said) {
        String thrower = failure.getClass().getName();
        return (thrower.startsWith("java.") || thrower.startsWith("dev.zeroftpd."))
                && !said.isBlank()
                && said.indexOf('\n') < 0
                && !said.contains("Exception");
    }
}
