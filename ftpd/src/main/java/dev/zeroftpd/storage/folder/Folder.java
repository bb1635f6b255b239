package dev.zeroftpd.storage.folder;

import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.util.Optional;

/**
 * One virtual folder of a session. Thread-safe.
 *
 * @param at where the client sees it; never the root
 * @param root what it stands for: a path of this machine or a URI, the same for all sessions
 * @param readOnly whether the account may change nothing in it
 */
public record Folder(VirtualPath at, String root, boolean readOnly, Way way) {

    /** How a folder's files are come by. Thread-safe. */
    public interface Way {

        /**
         * Where its files are. The first call may block in the file system.
         *
         * @throws StorageException NOT_PERMITTED if it can't be used in this session
         */
        Storage storage() throws StorageException;

        /** The same if it is known already. Never blocks. */
        Optional<Storage> opened();

        /** False if a look at it may take long. Never blocks. */
        boolean isLocal();
    }

    /** A folder that can be used, though its directory may not be there at the moment. */
    public static Folder of(VirtualPath at, String root, boolean readOnly, Storage storage) {
        return new Folder(at, root, readOnly, new Known(readOnly ? new ReadOnlyStorage(storage) : storage));
    }

    /**
     * One that can't be used.
     *
     * @param fault a clause that says why not
     */
    public static Folder unusable(VirtualPath at, String root, boolean readOnly, String fault) {
        return new Folder(at, root, readOnly, new None(at, fault));
    }

    Storage storage() throws StorageException {
        return way.storage();
    }

    private record Known(Storage storage) implements Way {

        @Override
        public Optional<Storage> opened() {
            return Optional.of(storage);
        }

        @Override
        public boolean isLocal() {
            return storage.isLocal();
        }
    }

    /** Takes no time. */
    private record None(VirtualPath at, String fault) implements Way {

        @Override
        public Storage storage() throws StorageException {
            throw StorageException.because(StorageException.Kind.NOT_PERMITTED, at, fault);
        }

        @Override
        public Optional<Storage> opened() {
            return Optional.empty();
        }

        @Override
        public boolean isLocal() {
            return true;
        }
    }
}
