package dev.zeroftpd.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, in a clause for people: never the name of a class, nor "null". Stateless; any thread.
 */
public final class FailureReason {

    private FailureReason() {}

    /** Without the file's name, which the reader has been told. */
    public static String of(Throwable failure) {
        // no switch: the JVM would have to write a class for it, for which there may be no memory
        if (failure instanceof FileSystemException ofFile) {
            return ofFile(ofFile);
        }
        if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return of(unchecked.getCause());
        }
        if (failure instanceof UnknownHostException) {
            return "there is no such host" + behind(failure.getMessage());
        }
        if (failure instanceof UnresolvedAddressException) {
            return "there is no such host";
        }
        if (failure instanceof OutOfMemoryError) {
            return "there is not enough memory" + behind(failure.getMessage());
        }
        return failure instanceof StackOverflowError ? "it goes too deep" : said(failure);
    }

    /** With the file that it was about, where there is one. */
    public static String withFile(IOException failure) {
        return failure instanceof FileSystemException ofFile && ofFile.getFile() != null
                ? ofFile.getFile() + ": " + of(failure)
                : of(failure);
    }

    /** Java's message for most of these is the file alone. */
    private static String ofFile(FileSystemException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file or directory";
            case AccessDeniedException _
            when isFenced(failure) ->
                "permission denied by process.sandbox, which lets only"
                        + " files through that were known at the start: restart the server";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it exists already";
            case NotDirectoryException _ -> "not a directory";
            case DirectoryNotEmptyException _ -> "the directory is not empty";
            case FileSystemLoopException _ -> "links lead in a circle";
            default -> Optional.ofNullable(failure.getReason()).orElse("the file system refused it");
        };
    }

    private static boolean isFenced(FileSystemException failure) {
        try {
            return failure.getFile() != null && Landlock.keepsOut(Path.of(failure.getFile()));
        } catch (InvalidPathException unknown) {
            return false;
        }
    }

    /** An exception that was made of another has that one's class in its message. */
    private static String said(Throwable failure) {
        Throwable cause = failure.getCause();
        String message = failure.getMessage();
        if (cause != null && (message == null || message.equals(cause.toString()))) {
            return of(cause);
        }
        if (message != null && !message.isBlank()) {
            return message;
        }
        return failure instanceof IOException ? "input or output failed" : "the program failed";
    }

    private static String behind(@Nullable String detail) {
        return detail == null || detail.isBlank() ? "" : ": " + detail;
    }
}
