package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Turns a local file system's exceptions into outcomes. Any thread. */
final class LocalFailures {

    private LocalFailures() {}

    static Outcome outcome(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return new Outcome.NotPermitted(detail(failure));
        }
        String said = detail(failure);
        if (SystemError.NO_SPACE.isSaidBy(said)) {
            return new Outcome.DiskFull("No space left on device");
        }
        if (SystemError.QUOTA_EXCEEDED.isSaidBy(said)) {
            return new Outcome.QuotaExceeded("Disk quota exceeded");
        }
        if (SystemError.TOO_LARGE.isSaidBy(said)) {
            return new Outcome.QuotaExceeded("File too large for this file system");
        }
        if (SystemError.READ_ONLY.isSaidBy(said) || SystemError.NOT_PERMITTED.isSaidBy(said)) {
            return new Outcome.NotPermitted(said);
        }
        return new Outcome.LocalFailure(said, failure);
    }

    private static String detail(IOException failure) {
        if (failure instanceof FileSystemException ofFile && ofFile.getReason() != null) {
            return ofFile.getReason();
        }
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
