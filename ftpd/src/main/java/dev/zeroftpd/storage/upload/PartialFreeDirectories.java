package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Large directories known to hold no partials, so that listing them again needn't search for some. Thread-safe; one per
 * server.
 *
 * <p>Each new name in a directory changes the directory's time, so an entry here holds as long as that time does.
 */
final class PartialFreeDirectories {

    /** Large directories are few; one that was forgotten is looked through again. */
    private static final int REMEMBERED = 1000;

    /** Times are no finer than a tick of the kernel's clock, or seconds on some file systems: what is younger may change unseen. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private record Known(long device, long inode, Instant modified) {

        static Known of(Metadata directory) {
            return new Known(directory.device(), directory.inode(), directory.modified());
        }
    }

    private final Set<Known> known = new LinkedHashSet<>();

    synchronized boolean contains(Metadata directory) {
        return directory.hasIdentity() && known.contains(Known.of(directory));
    }

    /** @param directory as it was before it was looked through */
    synchronized void add(Metadata directory, Instant now) {
        boolean settled = directory.modified().plus(SETTLED).isBefore(now);
        if (directory.hasIdentity() && settled && known.add(Known.of(directory)) && known.size() > REMEMBERED) {
            Iterator<Known> oldest = known.iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
