package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The files of a home that are being written. Thread-safe. */
final class Writers {

    private final Map<FileIdentity, MeteredFile> byFile = new ConcurrentHashMap<>();

    /** No count sees them, but they take room until they are closed. */
    private final Set<MeteredFile> nameless = ConcurrentHashMap.newKeySet();

    private final AtomicInteger open = new AtomicInteger();

    /** Where the file system doesn't number its files, it is only known that there is one more. */
    void add(MeteredFile file) {
        open.incrementAndGet();
        file.identity().ifPresent(identity -> byFile.putIfAbsent(identity, file));
    }

    /** Runs {@code then} when nothing can be told to it any more. */
    synchronized void remove(MeteredFile file, Runnable then) {
        nameless.remove(file);
        file.identity().ifPresent(identity -> byFile.remove(identity, file));
        open.decrementAndGet();
        then.run();
    }

    /** Who writes to it. */
    Optional<MeteredFile> of(Metadata file) {
        return FileIdentity.of(file).map(byFile::get);
    }

    /** Tells it that its name is gone; it may still grow, and gives back all of it at its end. False if that has been. */
    synchronized boolean loseName(MeteredFile writer) {
        boolean writes = writer.identity().map(byFile::get).orElse(null) == writer;
        if (writes) {
            nameless.add(writer);
            writer.hasLostItsName();
        }
        return writes;
    }

    int open() {
        return open.get();
    }

    /** Bytes of what has no name. */
    long namelessBytes() {
        return nameless.stream().mapToLong(MeteredFile::length).sum();
    }
}
