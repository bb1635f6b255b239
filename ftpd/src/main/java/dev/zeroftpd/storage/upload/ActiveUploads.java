package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The files that uploads and moves write to right now, so that no two write to the same one. Thread-safe; one per server.
 *
 * <p>A name is reserved before anything has it. What is written in place is reserved itself as well, because one file may
 * have several names, and other ones later.
 */
final class ActiveUploads {

    /** @param directory stays the same whatever path leads there, as far as the file system can tell */
    private record Entry(Object directory, String name) {}

    /** Each {@link Entry} and {@link FileIdentity}, with what tells that it is free again. */
    private final ConcurrentMap<Object, CountDownLatch> held = new ConcurrentHashMap<>();

    /** Directories above what programs are told to read, and for how many uploads each. */
    private final ConcurrentMap<FileIdentity, Integer> kept = new ConcurrentHashMap<>();

    private final Duration patience;

    /** @param patience how long a finished upload waits for another one of its file to end */
    ActiveUploads(Duration patience) {
        this.patience = patience;
    }

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
        return hold(entry(storage, home, file), Duration.ZERO);
    }

    /** The same for a file that exists, whatever its names. */
    Optional<Hold> hold(FileIdentity file) {
        return hold(file, Duration.ZERO);
    }

    /** Like {@link #hold}, but waits a little for the other upload to end. */
    Optional<Hold> await(Storage storage, String home, VirtualPath file) throws IOException {
        return hold(entry(storage, home, file), patience);
    }

    /** The same for a file that exists, whatever its names. */
    Optional<Hold> await(FileIdentity file) {
        return hold(file, patience);
    }

    private Optional<Hold> hold(Object what, Duration limit) {
        CountDownLatch mine = new CountDownLatch(1);
        long began = System.nanoTime();
        CountDownLatch other = held.putIfAbsent(what, mine);
        while (other != null) {
            if (!isFreeWithin(limit.toNanos() - (System.nanoTime() - began), other)) {
                return Optional.empty();
            }
            other = held.putIfAbsent(what, mine);
        }
        return Optional.of(() -> {
            held.remove(what, mine);
            mine.countDown();
        });
    }

    private static boolean isFreeWithin(long nanos, CountDownLatch other) {
        try {
            return nanos > 0 && other.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** True if an upload has reserved the file. */
    boolean isHeld(Storage storage, String home, VirtualPath file) throws IOException {
        return held.containsKey(entry(storage, home, file));
    }

    /** Lets no client rename these directories, until that is closed. */
    Hold keep(List<FileIdentity> directories) {
        AtomicBoolean closed = new AtomicBoolean();
        directories.forEach(each -> kept.merge(each, 1, Integer::sum));
        return () -> {
            if (closed.compareAndSet(false, true)) {
                directories.forEach(each -> kept.computeIfPresent(each, (_, many) -> many == 1 ? null : many - 1));
            }
        };
    }

    /** True if the directory has to stay where it is. */
    boolean isKept(FileIdentity directory) {
        return kept.containsKey(directory);
    }

    private static Entry entry(Storage storage, String home, VirtualPath file) throws IOException {
        VirtualPath directory = file.parent();
        Optional<FileIdentity> identity = FileIdentity.of(storage.metadata(directory));
        return new Entry(identity.isPresent() ? identity.get() : storage.place(home, directory), file.name());
    }
}
