package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much lies in one home, whatever account stored it: the length of its files, and how many files, links and directories
 * there are. Thread-safe.
 *
 * <p>Bytes are taken before they are written, each piece by one compare-and-set, which is nothing beside the system call:
 * so however many uploads run, they never have more together than is allowed, and can use the last byte.
 */
public final class HomeUsage {

    /** No transfer writes more at once; so much may be taken and not written while a home is counted. */
    private static final long MOST_IN_FLIGHT = 1 << 20;

    private final Counter counter;
    private final QuotaObserver observer;
    private final Writers writers = new Writers();
    private final Moves moves;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final SurplusPartials surplus;
    private final NameTurns names = new NameTurns();

    /**
     * For a home that this process begins to watch.
     *
     * @param began when it began: partials last written before that are another process's, which may have let them in as one
     *     file more than the limit
     */
    public HomeUsage(Counter counter, QuotaObserver observer, Instant began) {
        this.counter = counter;
        this.observer = observer;
        this.surplus = new SurplusPartials(began);
        this.moves = new Moves(counter);
    }

    /** What an account has and may have. */
    public Room room(QuotaLimits limits) {
        return new Room(
                Math.max(0, counter.bytes()),
                limits.bytes(),
                Math.max(0, counter.files()),
                limits.files(),
                Room.UNLIMITED,
                countedAt().isPresent());
    }

    /** When what lies in it was last counted by a look at each file; empty for never. */
    public Optional<Instant> countedAt() {
        long seconds = counter.countedAt();
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** Whose turn it is to take or give up a name. */
    NameTurns names() {
        return names;
    }

    /** What gets another place in the home, of which a count must know. */
    Moves moves() {
        return moves;
    }

    /** @throws StorageException QUOTA */
    void takeBytes(VirtualPath path, long count, QuotaLimits limits) throws StorageException {
        long before;
        do {
            before = counter.bytes();
            requireRoomBeside(before, path, count, limits);
        } while (!counter.addBytes(before, count));
        tell(limits, limits.bytes(), before, before + count);
    }

    void giveBackBytes(long count) {
        counter.removeBytes(count);
    }

    /** @throws StorageException QUOTA */
    void requireRoom(VirtualPath path, long count, QuotaLimits limits) throws StorageException {
        requireRoomBeside(counter.bytes(), path, count, limits);
    }

    private void requireRoomBeside(long used, VirtualPath path, long count, QuotaLimits limits)
            throws StorageException {
        if (limits.bytes() != Room.UNLIMITED && Math.max(0, used) > limits.bytes() - count) {
            throw refuse(path, limits);
        }
    }

    /**
     * One more name.
     *
     * @param even whether it may exceed the limit because it is to replace a file that counts already; every file may be replaced
     *     at once, so twice the limit is the most
     * @return whether it exceeds the limit
     * @throws StorageException QUOTA
     */
    boolean takeFile(VirtualPath path, QuotaLimits limits, boolean even) throws StorageException {
        long most = even && limits.files() <= Room.UNLIMITED / 2 ? 2 * limits.files() : limits.files();
        long before;
        do {
            before = counter.files();
            if (before >= most) {
                throw refuse(path, limits);
            }
        } while (!counter.addFile(before));
        tell(limits, limits.files(), before, before + 1);
        return before >= limits.files();
    }

    void giveBackFile() {
        counter.removeFile();
    }

    /** That file was one more than allowed. */
    void isSurplus(MeteredFile file) {
        surplus.add(file);
    }

    /** A partial is continued that was last written at some time: whether it may be one too many. */
    boolean mayBeSurplus(Instant written, QuotaLimits limits) {
        return counter.files() > limits.files() && surplus.isForgotten(written);
    }

    /** Whether {@link #requireFile} has anything to refuse: a look at a file costs a system call. */
    boolean mayHaveSurplus(QuotaLimits limits) {
        return surplus.areKnown() || counter.files() > limits.files();
    }

    /**
     * A partial is about to become a file without replacing one. To be called while its name is held.
     *
     * @param partial empty where the file system doesn't number its files: then any may be one too many
     * @throws StorageException QUOTA
     */
    void requireFile(Optional<FileIdentity> partial, VirtualPath path, QuotaLimits limits) throws StorageException {
        if (surplus.isOne(partial) && counter.files() > limits.files()) {
            throw refuse(path, limits);
        }
    }

    /** It has replaced one, or there is room for it now. */
    void isFile(Optional<FileIdentity> partial) {
        surplus.remove(partial);
    }

    private StorageException refuse(VirtualPath path, QuotaLimits limits) {
        Room room = room(limits);
        if (refused.add(limits.account())) {
            names.tell(() -> observer.full(limits.account(), room));
        }
        if (!limits.tellsUsage()) {
            return StorageException.of(Kind.QUOTA, path);
        }
        boolean files = room.files() >= room.mostFiles();
        return StorageException.because(
                Kind.QUOTA,
                path,
                files
                        ? "quota exceeded: " + room.files() + " of " + room.mostFiles() + " files are there"
                        : "quota exceeded: " + Room.text(room.bytes()) + " of " + Room.text(room.mostBytes())
                                + " are used");
    }

    private void tell(QuotaLimits limits, long limit, long before, long after) {
        if (limits.isCrossed(limit, before, after)) {
            Room room = room(limits);
            names.tell(() -> observer.nearlyFull(limits.account(), room));
        }
        if (!refused.isEmpty()
                && limits.isBelowWarning(limits.bytes(), counter.bytes())
                && limits.isBelowWarning(limits.files(), counter.files())) {
            refused.remove(limits.account());
        }
    }

    /**
     * A name that is about to be given up, and what is known of its file.
     *
     * @param writer who writes to it
     * @param surplus its mark as one file more than allowed
     */
    record Leaving(Metadata entry, Optional<MeteredFile> writer, Optional<SurplusPartials.Mark> surplus) {}

    /** To be asked while the name is held, and before it is given up: a new file may have the number of a file that is gone. */
    Leaving leaving(Metadata entry) {
        return new Leaving(entry, writers.of(entry), FileIdentity.of(entry).flatMap(surplus::mark));
    }

    /** To be called while the name is held that is gone. */
    void gone(Leaving gone) {
        giveBackFile();
        gone.surplus().ifPresent(surplus::remove);
        if (!gone.entry().isFile()) {
            return;
        }
        if (gone.writer().isEmpty() || gone.entry().links() > 1) {
            giveBackBytes(gone.entry().size());
        } else if (!writers.loseName(gone.writer().get())) {
            giveBackBytes(gone.writer().get().length()); // it has ended meanwhile
        }
    }

    /** Whether an upload writes to it. */
    boolean isWritten(Metadata entry) {
        return writers.of(entry).isPresent();
    }

    void begins(MeteredFile file) {
        writers.add(file);
    }

    /** Runs {@code then} when the name that it was opened by, and what is known of it, can't change any more. */
    void ends(MeteredFile file, VirtualPath path, Runnable then) {
        try (NameTurns.Held _ = names.hold(path)) {
            writers.remove(file, then);
        }
    }

    /** What is known before a count looks at each file. */
    Start beginCount() {
        moves.beginCount();
        return new Start(
                counter.bytes(),
                counter.files(),
                counter.added(),
                counter.removed(),
                counter.fileChanges(),
                writers.open(),
                counter.countedAt() == 0);
    }

    /** That count can't be brought to its end. */
    void abandonCount() {
        boolean _ = moves.endCount();
    }

    /**
     * The numbers when a count began.
     *
     * @param first whether it is the first count
     */
    record Start(long bytes, long files, long added, long removed, long fileChanges, int open, boolean first) {}

    /**
     * What a count has found.
     *
     * @param bytesMore than were known, or fewer; so is {@code filesMore}
     * @param exact false if the home was changed meanwhile, or not all of it could be read: then only what can't come from
     *     that was corrected
     */
    public record Found(long bytes, long files, long bytesMore, long filesMore, boolean exact) {}

    /**
     * What lies in the home by a look at each file.
     *
     * @param complete false if some of it could not be seen
     */
    record Seen(long bytes, long files, boolean complete) {

        private long orMore(long most) {
            return complete ? most : Long.MAX_VALUE;
        }
    }

    /**
     * Corrects the numbers after a count has looked at each file. A file that changed during the count was seen before or
     * after its change, and one that was moved twice, once or never, so the count gives only a range for what was there at its
     * beginning. The known number is corrected only if it lies outside that range.
     */
    Found endCount(Start begun, Seen seen, Instant now) {
        long bytes = seen.bytes();
        long files = seen.files();
        long added = counter.added() - begun.added();
        long removed = counter.removed() - begun.removed();
        long changes = counter.fileChanges() - begun.fileChanges();
        long unseen = writers.namelessBytes();
        boolean sure = moves.endCount();
        long inFlight = Math.max(begun.open(), writers.open()) * MOST_IN_FLIGHT;
        long bytesMore =
                between(begun.bytes(), bytes - added - inFlight, seen.orMore(bytes + removed + inFlight + unseen));
        long filesMore = between(begun.files(), files - changes, seen.orMore(files + changes));
        if (begun.first()) {
            bytesMore = bytes - begun.bytes() + (removed - added) / 2;
            filesMore = files - begun.files();
        } else if (!sure) {
            return new Found(bytes, files, 0, 0, false);
        }
        counter.correct(bytesMore, filesMore, now.getEpochSecond());
        boolean exact = sure && added == 0 && removed == 0 && changes == 0 && inFlight == 0 && seen.complete();
        return new Found(bytes, files, bytesMore, filesMore, exact);
    }

    private static long between(long known, long least, long most) {
        return Math.clamp(known, least, most) - known;
    }
}
