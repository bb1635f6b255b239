package dev.zeroftpd.storage;

import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.storage.StorageException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partial files that one account leaves in its home: found, published, kept, expired. Thread-safe. */
final class PartialFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PartialFiles.class);

    private final Storage storage;
    private final UploadContext context;
    private final String user;
    private final String home;

    PartialFiles(Storage storage, UploadContext context, String user, String home) {
        this.storage = storage;
        this.context = context;
        this.user = user;
        this.home = home;
    }

    /**
     * A partial that nobody else writes to until this is closed.
     *
     * @param written its name now
     * @param resumable the name under which it can be resumed
     */
    record Slot(VirtualPath written, VirtualPath resumable, ActiveUploads.Hold hold) implements AutoCloseable {
        @Override
        public void close() {
            hold.close();
        }
    }

    UploadSettings settings() {
        return context.settings();
    }

    /** A partial to begin from nothing; while another upload of the same file runs, one beside that one's. */
    Slot fresh(VirtualPath target) throws IOException {
        visit(target.parent());
        VirtualPath resumable = PartialName.of(target, user);
        Optional<ActiveUploads.Hold> hold = hold(resumable);
        if (hold.isPresent()) {
            return new Slot(resumable, resumable, hold.get());
        }
        VirtualPath another = PartialName.another(resumable);
        return new Slot(another, resumable, hold(another, target));
    }

    /** A partial for a copy of something else: never one that an upload goes on with. */
    Slot aside(VirtualPath target) throws IOException {
        VirtualPath another = PartialName.another(PartialName.of(target, user));
        return new Slot(another, another, hold(another, target));
    }

    /**
     * The partial that an interrupted upload of {@code target} left.
     *
     * @throws StorageException BUSY if it is being written
     */
    Optional<Slot> existing(VirtualPath target) throws IOException {
        VirtualPath partial = PartialName.of(target, user);
        if (find(target).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Slot(partial, partial, hold(partial, target)));
    }

    /** True if there is a partial, and nothing was written to it since {@code instant}. */
    boolean isOlder(VirtualPath target, Instant instant) throws IOException {
        return metadata(PartialName.of(target, user))
                .filter(partial -> partial.modified().isBefore(instant))
                .isPresent();
    }

    /** The partial's path if there is one that has not expired. */
    Optional<VirtualPath> find(VirtualPath target) throws IOException {
        VirtualPath partial = PartialName.of(target, user);
        Optional<Metadata> found = metadata(partial);
        if (found.isPresent() && isExpired(found.get())) {
            expire(partial);
            return Optional.empty();
        }
        return found.map(ignored -> partial);
    }

    /**
     * Reserves {@code file} for an upload of {@code target}.
     *
     * @throws StorageException BUSY if another upload has it
     */
    ActiveUploads.Hold hold(VirtualPath file, VirtualPath target) throws IOException {
        return hold(file).orElseThrow(() -> StorageException.of(Kind.BUSY, target));
    }

    private Optional<ActiveUploads.Hold> hold(VirtualPath file) throws IOException {
        return context.active().hold(storage, home, file);
    }

    /** True if a file has that name. */
    boolean isTaken(VirtualPath target) throws IOException {
        return metadata(target).isPresent();
    }

    /** Gives a complete partial the target's name, and the permissions of the file that it replaces. */
    void publish(Slot slot, VirtualPath target, boolean mayReplace) throws IOException {
        if (!mayReplace) {
            storage.rename(slot.written(), target);
        } else {
            Optional<Metadata> replaced = metadata(target);
            if (replaced.isPresent()
                    && replaced.get().mode() != storage.metadata(slot.written()).mode()) {
                storage.setPermissions(slot.written(), replaced.get().mode());
            }
            storage.replace(slot.written(), target);
        }
        if (settings().fsync()) {
            storage.forceDirectory(target.parent());
        }
    }

    /** Leaves a broken upload's partial where it can be resumed, and sees to it that it expires. */
    void keep(Slot slot) throws IOException {
        if (!slot.written().equals(slot.resumable())) {
            try {
                storage.rename(slot.written(), slot.resumable());
            } catch (StorageException taken) {
                LOG.debug("{} stays, dropping {}", slot.resumable(), slot.written(), taken);
                drop(slot);
                return;
            }
        }
        watch(slot.resumable(), settings().partialExpiry());
    }

    void drop(Slot slot) throws IOException {
        storage.delete(slot.written());
    }

    /**
     * Sees to it that partials in {@code directory} expire, whoever left them there: a server that was killed does nothing
     * for its own any more.
     */
    void visit(VirtualPath directory) {
        if (!settings().partialExpiry().isZero()) {
            context.swept().once(home, directory, () -> sweep(directory));
        }
    }

    /** Removes a file, and what was left of an upload of it, unless that is under way. */
    void delete(VirtualPath target) throws IOException {
        storage.delete(target);
        remove(PartialName.of(target, user));
    }

    /**
     * Removes a directory that is empty but for partials that nobody writes to, whoever left them.
     *
     * @throws StorageException as {@link Storage#removeDirectory} does; NOT_EMPTY then leaves everything as it was
     */
    void removeDirectory(VirtualPath directory) throws IOException {
        try {
            storage.removeDirectory(directory);
        } catch (StorageException refused) {
            if (refused.kind() != Kind.NOT_EMPTY || !holdsOnlyPartials(directory)) {
                throw refused;
            }
            removePartials(directory);
            storage.removeDirectory(directory);
        }
    }

    private boolean holdsOnlyPartials(VirtualPath directory) throws IOException {
        try (DirectoryListing visible = storage.list(directory)) {
            return visible.next().isEmpty();
        }
    }

    private void removePartials(VirtualPath directory) throws IOException {
        try (DirectoryListing partials = storage.list(directory, PartialName::isPartial)) {
            Optional<DirectoryEntry> partial = partials.next();
            while (partial.isPresent()) {
                remove(directory.child(partial.get().name()));
                partial = partials.next();
            }
        }
    }

    private void remove(VirtualPath partial) throws IOException {
        Optional<ActiveUploads.Hold> hold = metadata(partial).isEmpty() ? Optional.empty() : hold(partial);
        if (hold.isPresent()) {
            try {
                storage.delete(partial);
            } finally {
                hold.get().close();
            }
        }
    }

    private void sweep(VirtualPath directory) {
        Duration expiry = settings().partialExpiry();
        try (DirectoryListing left = storage.list(directory, PartialName::isPartial)) {
            Optional<DirectoryEntry> partial = left.next();
            while (partial.isPresent()) {
                Instant end = partial.get().metadata().modified().plus(expiry);
                watch(
                        directory.child(partial.get().name()),
                        Duration.between(context.clock().instant(), end));
                partial = left.next();
            }
        } catch (IOException | RuntimeException refused) {
            LOG.debug("Can't look for partials in {}", directory, refused);
        }
    }

    /** Removes a partial if it is still there, as it is now, after {@code delay}; at once if that is over. */
    private void watch(VirtualPath partial, Duration delay) {
        if (!settings().partialExpiry().isZero()) {
            CompletableFuture.delayedExecutor(
                            Math.max(0, delay.toMillis()) + 1, TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                    .execute(() -> expireIfLeft(partial));
        }
    }

    private void expireIfLeft(VirtualPath partial) {
        try {
            expire(partial);
        } catch (IOException | RuntimeException gone) {
            // the home, or its file system, may be closed by now; whoever looks for the partial next expires it
            LOG.debug("Can't expire {}", partial, gone);
        }
    }

    /** Looks at its age while nobody else may write to it: an upload may have begun it anew. */
    private void expire(VirtualPath partial) throws IOException {
        if (metadata(partial).filter(this::isExpired).isEmpty()) {
            return;
        }
        Optional<ActiveUploads.Hold> hold = hold(partial);
        if (hold.isPresent()) {
            try {
                if (metadata(partial).filter(this::isExpired).isPresent()) {
                    storage.delete(partial);
                    LOG.info("Partial upload {} in the home of {} has expired", partial, user);
                }
            } finally {
                hold.get().close();
            }
        }
    }

    private boolean isExpired(Metadata partial) {
        Duration expiry = settings().partialExpiry();
        return !expiry.isZero()
                && partial.modified().plus(expiry).isBefore(context.clock().instant());
    }

    private Optional<Metadata> metadata(VirtualPath path) throws IOException {
        try {
            return Optional.of(storage.metadata(path)).filter(Metadata::isFile);
        } catch (StorageException absent) {
            if (absent.kind() == Kind.NOT_FOUND || absent.kind() == Kind.NOT_A_DIRECTORY) {
                return Optional.empty();
            }
            throw absent;
        }
    }
}
