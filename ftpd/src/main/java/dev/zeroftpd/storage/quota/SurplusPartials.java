package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.FileIdentity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Partials that were begun where there were as many files as may be, each to replace one. Thread-safe.
 *
 * <p>Which they were is forgotten with the process: so all that are continued after its end count for such, where there are too
 * many files.
 */
final class SurplusPartials {

    private final Map<FileIdentity, Mark> partials = new ConcurrentHashMap<>();
    private final Instant began;

    /** One that is known. Two of the same number are not equal: the second is another file. */
    static final class Mark {

        private final FileIdentity partial;

        private Mark(FileIdentity partial) {
            this.partial = partial;
        }
    }

    /** @param began what was last written before was begun by another process */
    SurplusPartials(Instant began) {
        this.began = began;
    }

    /** That one is one more than allowed. */
    void add(MeteredFile partial) {
        partial.identity().ifPresent(identity -> partials.put(identity, new Mark(identity)));
    }

    /** Whether there may be such. */
    boolean areKnown() {
        return !partials.isEmpty();
    }

    /** Whether a partial that was written last at that time may have been one more than allowed, without being known as such. */
    boolean isForgotten(Instant written) {
        return written.isBefore(began);
    }

    /** @param partial empty where the file system doesn't number its files: then any may be one */
    boolean isOne(Optional<FileIdentity> partial) {
        return partial.map(partials::containsKey).orElse(true);
    }

    /** What is known of it now; empty for nothing. */
    Optional<Mark> mark(FileIdentity partial) {
        return Optional.ofNullable(partials.get(partial));
    }

    /** That one is gone, and nothing is known of another one that has its number by now. */
    void remove(Mark gone) {
        partials.remove(gone.partial, gone);
    }

    /** It has replaced a file, or there is room for it now. */
    void remove(Optional<FileIdentity> partial) {
        partial.ifPresent(partials::remove);
    }
}
