package dev.zeroftpd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** What a person reads when a command fails: which file and why, never the name of a class. Stateless; any thread. */
final class FailureText {

    private FailureText() {}

    static String of(Exception failure) {
        return switch (failure) {
            case FileSystemException file when file.getFile() != null -> file.getFile() + ": " + reason(file);
            case IOException io when io.getMessage() != null -> io.getMessage();
            case IOException _ -> "input or output failed";
            default -> fault(failure);
        };
    }

    /** Java's message for these is the file alone. */
    private static String reason(FileSystemException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it exists already";
            case NotDirectoryException _ -> "not a directory";
            default -> Optional.ofNullable(failure.getReason()).orElse("the file system refused it");
        };
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
