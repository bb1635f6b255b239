package dev.zeroftpd.storage;

import dev.zeroftpd.os.SystemError;
import dev.zeroftpd.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a file system provider's exceptions tell a client. Stateless; any thread. */
public final class ProviderErrors {

    private ProviderErrors() {}

    /** The provider's message is not taken over: it names real paths. It stays in the log, as the cause. */
    public static StorageException exception(IOException thrown, VirtualPath path) {
        if (thrown instanceof StorageException known) {
            return known;
        }
        Optional<Errno.Meaning> said = Errno.saidBy(reason(thrown));
        return said.isPresent()
                ? new StorageException(
                        said.get().kind(), path.text(), said.get().text(), thrown)
                : StorageException.of(kind(thrown), path, thrown);
    }

    private static String reason(IOException thrown) {
        @Nullable String reason = thrown instanceof FileSystemException other ? other.getReason() : thrown.getMessage();
        return reason == null ? "" : reason;
    }

    private static Kind kind(IOException thrown) {
        return switch (thrown) {
            case NoSuchFileException ignored -> Kind.NOT_FOUND;
            case FileAlreadyExistsException ignored -> Kind.EXISTS;
            case DirectoryNotEmptyException ignored -> Kind.NOT_EMPTY;
            case NotDirectoryException ignored -> Kind.NOT_A_DIRECTORY;
            case AccessDeniedException ignored -> Kind.NOT_PERMITTED;
            case FileSystemLoopException ignored -> Kind.NOT_PERMITTED;
            default -> kind(reason(thrown));
        };
    }

    /** Java has no exception for these, and other systems than Linux no table of ours: their words are all there is. */
    private static Kind kind(String reason) {
        if (SystemError.NO_SPACE.isSaidBy(reason)) {
            return Kind.NO_SPACE;
        }
        if (SystemError.QUOTA_EXCEEDED.isSaidBy(reason)) {
            return Kind.QUOTA;
        }
        if (SystemError.READ_ONLY.isSaidBy(reason)
                || SystemError.NOT_PERMITTED.isSaidBy(reason)
                || SystemError.SYMBOLIC_LINKS.isSaidBy(reason)) {
            return Kind.NOT_PERMITTED;
        }
        if (SystemError.NOT_A_DIRECTORY.isSaidBy(reason)) {
            return Kind.NOT_A_DIRECTORY;
        }
        if (SystemError.IS_A_DIRECTORY.isSaidBy(reason)) {
            return Kind.NOT_A_FILE;
        }
        return SystemError.NAME_TOO_LONG.isSaidBy(reason) ? Kind.INVALID_NAME : Kind.FAILED;
    }
}
