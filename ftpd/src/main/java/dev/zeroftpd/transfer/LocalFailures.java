package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Turns what a local file system throws into an outcome. Any thread. */
final class LocalFailures {

    private LocalFailures() {}

    static Outcome outcome(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return new Outcome.NotPermitted(detail(failure));
        }
        String said = detail(failure).toLowerCase(Locale.ROOT);
        // the JDK passes the kernel's errno on as text only
        if (said.contains("no space left")) {
            return new Outcome.DiskFull(detail(failure));
        }
        if (said.contains("quota exceeded")) {
            return new Outcome.QuotaExceeded(detail(failure));
        }
        return new Outcome.LocalFailure(detail(failure), failure);
    }

    private static String detail(IOException failure) {
        if (failure instanceof FileSystemException ofFile && ofFile.getReason() != null) {
            return ofFile.getReason();
        }
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
