package dev.zeroftpd.storage;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files that uploads write to right now, so that no two write to the same one. Thread-safe; one per server. */
final class ActiveUploads {

    /** @param directory stays the same whatever path leads there, as far as the file system can tell */
    private record Place(Object directory, String name) {}

    private record Inode(long device, long inode) {}

    private record Named(String home, VirtualPath directory) {}

    private final Set<Place> held = ConcurrentHashMap.newKeySet();

    /** Ends with the upload; closing is idempotent. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Reserves a file, which need not exist.
     *
     * @param home tells homes apart on file systems that don't number their files
     * @return empty if another upload writes to it
     */
    Optional<Hold> hold(Storage storage, String home, VirtualPath file) throws IOException {
        Place place = place(storage, home, file);
        return held.add(place) ? Optional.of(() -> held.remove(place)) : Optional.empty();
    }

    /** True if an upload has reserved the file. */
    boolean isHeld(Storage storage, String home, VirtualPath file) throws IOException {
        return held.contains(place(storage, home, file));
    }

    private static Place place(Storage storage, String home, VirtualPath file) throws IOException {
        VirtualPath directory = file.parent();
        Metadata metadata = storage.metadata(directory);
        Object identity =
                metadata.hasIdentity() ? new Inode(metadata.device(), metadata.inode()) : new Named(home, directory);
        return new Place(identity, file.name());
    }
}
