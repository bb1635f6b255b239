package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that no partial stays for ever, whichever account or version of the server left it. Thread-safe.
 *
 * <p>Files have their age by the time of day. Where that clock is set back they would stay until it has caught up, so one that
 * no session has written to for long enough by a clock that is never set goes too.
 */
final class PartialExpiry {

    private static final Logger LOG = LoggerFactory.getLogger(PartialExpiry.class);

    private final PartialPlace place;
    private final Duration expiry;

    PartialExpiry(PartialPlace place) {
        this.place = place;
        this.expiry = place.context().settings().partialExpiry();
    }

    /**
     * Makes sure that partials in {@code directory} expire: a server that was killed could not remove its own.
     */
    void visit(VirtualPath directory) {
        if (!expiry.isZero() && !place.storage().isReadOnly(directory)) {
            place.context().swept().once(place.storage().place(place.home(), directory), () -> sweep(directory));
        }
    }

    /** Removes a partial that was left just now when its time is over. */
    void watch(VirtualPath partial) throws IOException {
        place.file(partial).ifPresent(left -> watch(partial, left.modified(), expiry));
    }

    boolean isExpired(Metadata partial) {
        return !expiry.isZero()
                && partial.modified()
                        .plus(expiry)
                        .isBefore(place.context().clock().instant());
    }

    /** Checks its age while no upload can write to it: one may have begun it anew. */
    void expire(VirtualPath partial) throws IOException {
        expire(partial, this::isExpired);
    }

    private void expire(VirtualPath partial, Predicate<Metadata> isOld) throws IOException {
        if (place.file(partial).filter(isOld).isEmpty()) {
            return;
        }
        Optional<ActiveUploads.Hold> hold = place.hold(PartialName.lock(partial));
        if (hold.isPresent()) {
            try {
                if (place.file(partial).filter(isOld).isPresent()) {
                    place.storage().delete(partial);
                    LOG.info("Partial upload {} in {} has expired", partial, place.home());
                }
            } finally {
                hold.get().close();
            }
        }
    }

    private void sweep(VirtualPath directory) {
        try (DirectoryListing left = place.storage().list(directory, HiddenName::isPartial)) {
            Optional<DirectoryEntry> partial = left.next();
            while (partial.isPresent()) {
                Instant modified = partial.get().metadata().modified();
                Duration rest = Duration.between(place.context().clock().instant(), modified.plus(expiry));
                watch(
                        directory.child(partial.get().name()),
                        modified,
                        rest.compareTo(expiry) > 0 ? expiry : rest); // longer only if its time lies ahead
                partial = left.next();
            }
        } catch (IOException | RuntimeException refused) {
            LOG.debug("Can't look for partials in {}", directory, refused);
        }
    }

    /** Removes a partial after {@code delay}, at once if that is over, unless something is written to it by then. */
    private void watch(VirtualPath partial, Instant modified, Duration delay) {
        if (!expiry.isZero()) {
            CompletableFuture.delayedExecutor(
                            Math.max(0, delay.toMillis()) + 1, TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                    .execute(() -> expireIfLeft(partial, modified));
        }
    }

    private void expireIfLeft(VirtualPath partial, Instant modified) {
        try {
            expire(partial, left -> left.modified().equals(modified) || isExpired(left));
        } catch (IOException | RuntimeException gone) {
            // the home, or its file system, may be closed by now; the next visit to the directory expires it
            LOG.debug("Can't expire {}", partial, gone);
        }
    }
}
