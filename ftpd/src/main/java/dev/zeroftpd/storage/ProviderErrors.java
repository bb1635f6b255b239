package dev.zeroftpd.storage;

import dev.zeroftpd.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** What a file system provider's exceptions tell a client. Stateless; any thread. */
public final class ProviderErrors {

    private ProviderErrors() {}

    /** The provider's message is not taken over: it names real paths. It stays in the log, as the cause. */
    public static StorageException exception(IOException thrown, VirtualPath path) {
        if (thrown instanceof StorageException known) {
            return known;
        }
        Optional<Errno.Meaning> said = Errno.saidBy(thrown);
        return said.isPresent()
                ? new StorageException(
                        said.get().kind(), path.text(), said.get().text(), thrown)
                : StorageException.of(kind(thrown), path, thrown);
    }

    private static Kind kind(IOException thrown) {
        return switch (thrown) {
            case NoSuchFileException ignored -> Kind.NOT_FOUND;
            case FileAlreadyExistsException ignored -> Kind.EXISTS;
            case DirectoryNotEmptyException ignored -> Kind.NOT_EMPTY;
            case NotDirectoryException ignored -> Kind.NOT_A_DIRECTORY;
            case AccessDeniedException ignored -> Kind.NOT_PERMITTED;
            case FileSystemLoopException ignored -> Kind.NOT_PERMITTED;
            default -> Kind.FAILED;
        };
    }
}
