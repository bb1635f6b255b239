package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A home in which everything is counted that lies there, partial files of uploads too. Thread-safe.
 *
 * <p>It sees each file that is made, grows, shrinks, is replaced or removed, and nothing of transfers: so whatever verb, mode or
 * conversion brought the bytes, what counts is what reached the home.
 */
public final class MeteredStorage extends ForwardingStorage {

    private final HomeUsage usage;
    private final Supplier<QuotaLimits> limits;

    /** @param limits of the account, as they are now; each upload keeps those that it began with */
    public MeteredStorage(Storage home, HomeUsage usage, Supplier<QuotaLimits> limits) {
        super(home);
        this.usage = usage;
        this.limits = limits;
    }

    private interface Change {
        void run() throws IOException;
    }

    @Override
    public WritableFile openForWriting(VirtualPath path, WriteMode mode, long offset) throws IOException {
        QuotaLimits now = limits.get();
        try (NameTurns.Held _ = usage.names().hold(path)) {
            Optional<Metadata> there = unlessAbsent(this::metadata, path);
            return there.isEmpty() ? create(path, mode, offset, now) : open(path, mode, offset, now, there.get());
        }
    }

    private WritableFile create(VirtualPath path, WriteMode mode, long offset, QuotaLimits now) throws IOException {
        usage.requireRoom(path, 1, now);
        boolean surplus = usage.takeFile(path, now, isToReplace(path));
        WritableFile opened;
        try {
            opened = super.openForWriting(path, mode, offset);
        } catch (IOException | RuntimeException failed) {
            usage.giveBackFile();
            throw failed;
        }
        MeteredFile created = metered(opened, path, now);
        if (surplus) {
            usage.isSurplus(created);
        }
        return created;
    }

    private WritableFile open(VirtualPath path, WriteMode mode, long offset, QuotaLimits now, Metadata there)
            throws IOException {
        if (mode == WriteMode.APPEND) {
            usage.requireRoom(path, 1, now);
        }
        WritableFile opened = super.openForWriting(path, mode, offset);
        if (mode == WriteMode.CREATE_OR_TRUNCATE && there.isFile()) {
            usage.giveBackBytes(there.size());
        }
        MeteredFile continued = metered(opened, path, now);
        if (HiddenName.isPartial(path.name()) && usage.mayBeSurplus(there.modified(), now)) {
            usage.isSurplus(continued);
        }
        return continued;
    }

    private MeteredFile metered(WritableFile opened, VirtualPath path, QuotaLimits now) throws IOException {
        try {
            return new MeteredFile(opened, path, usage, now);
        } catch (IOException | RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    /**
     * Whether it is the partial of a file that exists: an account that has reached its limit of files may still replace one.
     * Unknown, and so false, where the file's name is too long to be part of its partial's name.
     */
    private boolean isToReplace(VirtualPath path) throws IOException {
        int mark = path.name().indexOf(HiddenName.MARK);
        return mark > 1
                && HiddenName.isPartial(path.name())
                && unlessAbsent(this::metadata, path.parent().child(path.name().substring(1, mark)))
                        .isPresent();
    }

    private interface Look {
        Metadata at(VirtualPath path) throws IOException;
    }

    private static Optional<Metadata> unlessAbsent(Look look, VirtualPath path) throws IOException {
        try {
            return Optional.of(look.at(path));
        } catch (StorageException absent) {
            if (absent.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw absent;
        }
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        boolean _ = usage.takeFile(path, limits.get(), false);
        try {
            super.createDirectory(path);
        } catch (IOException | RuntimeException failed) {
            usage.giveBackFile();
            throw failed;
        }
    }

    @Override
    public void removeDirectory(VirtualPath path) throws IOException {
        super.removeDirectory(path);
        usage.giveBackFile();
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        try (NameTurns.Held _ = usage.names().hold(path)) {
            HomeUsage.Leaving leaving = usage.leaving(entry(path));
            super.delete(path);
            usage.gone(leaving);
        }
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws IOException {
        renamed(from, to, () -> super.rename(from, to));
    }

    @Override
    public void replace(VirtualPath from, VirtualPath to) throws IOException {
        replaced(from, to, () -> super.replace(from, to));
    }

    @Override
    public void rename(FileIdentity seen, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        Change change = () -> super.rename(seen, from, to, replaces);
        if (replaces) {
            replaced(from, to, change);
        } else {
            renamed(from, to, change);
        }
    }

    private void renamed(VirtualPath from, VirtualPath to, Change change) throws IOException {
        try (NameTurns.Held _ = usage.names().hold(from, to)) {
            boolean looks = looksForSurplus(from, to);
            Optional<FileIdentity> partial = looks ? FileIdentity.of(entry(from)) : Optional.empty();
            if (looks) {
                usage.requireFile(partial, to, limits.get());
            }
            move(from, change);
            usage.isFile(partial);
        }
    }

    private void move(VirtualPath from, Change change) throws IOException {
        try (Moves.Move move = usage.moves().begin()) {
            if (move.mayBeMissed()) {
                move.is(entry(from));
            }
            change.run();
        }
    }

    /**
     * Whether an upload is being published that may have exceeded the limit of files because it was to replace one. If the
     * file to be replaced has been renamed away meanwhile, the upload must be refused after all.
     */
    private boolean looksForSurplus(VirtualPath from, VirtualPath to) {
        return isPublished(from, to) && usage.mayHaveSurplus(limits.get());
    }

    private static boolean isPublished(VirtualPath from, VirtualPath to) {
        return HiddenName.isPartial(from.name()) && !HiddenName.isPartial(to.name());
    }

    private void replaced(VirtualPath from, VirtualPath to, Change change) throws IOException {
        try (NameTurns.Held _ = usage.names().hold(from, to)) {
            Optional<HomeUsage.Leaving> replaced = leaving(to);
            boolean looks = looksForSurplus(from, to);
            Optional<FileIdentity> partial = looks ? FileIdentity.of(entry(from)) : Optional.empty();
            if (looks && replaced.isEmpty()) {
                usage.requireFile(partial, to, limits.get());
            }
            boolean same = replaced.isPresent() && isSame(replaced.get().entry(), entry(from));
            move(from, change);
            usage.isFile(partial);
            if (!same) { // two names of one file both stay
                replaced.ifPresent(usage::gone);
            }
        }
    }

    /** What has a name that is about to be another file's. */
    private Optional<HomeUsage.Leaving> leaving(VirtualPath path) throws IOException {
        return unlessAbsent(this::entry, path).map(usage::leaving);
    }

    private static boolean isSame(Metadata one, Metadata other) {
        return FileIdentity.of(one).isPresent() && FileIdentity.of(one).equals(FileIdentity.of(other));
    }

    /**
     * Both homes are held meanwhile, always in the same order. What is being written stays: its writer takes its room from this
     * home, not from the one it would lie in.
     */
    @Override
    public void renameInto(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        Storage target = settled(other);
        NameTurns there = usageOf(target).orElse(usage).names();
        try (NameTurns.Held _ = usage.names().holdBoth(there, from, to)) {
            Metadata leaving = oneFile(entry(from), from);
            if (usage.isWritten(leaving)) {
                throw StorageException.because(Kind.BUSY, from, "is being written; wait until its upload has ended");
            }
            Optional<Metadata> replaced = replaces ? unlessAbsent(target::entry, to) : Optional.empty();
            if (replaced.isPresent() && isSame(leaving, replaced.get())) {
                return; // two names of one file both stay, as rename(2) has it
            }
            HomeUsage.Leaving known = usage.leaving(leaving);
            super.renameInto(target, from, to, replaces);
            usage.gone(known);
        }
    }

    /** What comes needs room as an upload does: also beside what it replaces. */
    @Override
    public void renameFrom(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        try (NameTurns.Held _ = usage.names().hold(to)) {
            Metadata coming = oneFile(other.entry(from), from);
            Optional<HomeUsage.Leaving> replaced = replaces ? leaving(to) : Optional.empty();
            long bytes = coming.isFile() ? coming.size() : 0;
            take(to, bytes, replaced.isPresent());
            try {
                super.renameFrom(other, from, to, replaces);
            } catch (IOException | RuntimeException failed) {
                usage.giveBackFile();
                usage.giveBackBytes(bytes);
                throw failed;
            }
            replaced.ifPresent(usage::gone);
        }
    }

    private void take(VirtualPath path, long bytes, boolean replaces) throws StorageException {
        QuotaLimits now = limits.get();
        boolean _ = usage.takeFile(path, now, replaces);
        try {
            usage.takeBytes(path, bytes, now);
        } catch (StorageException full) {
            usage.giveBackFile();
            throw full;
        }
    }

    /** How much is in a directory is only known after a look at all of it, for which no client waits. */
    private static Metadata oneFile(Metadata entry, VirtualPath path) throws StorageException {
        if (entry.isDirectory()) {
            throw StorageException.because(
                    Kind.NOT_PERMITTED,
                    path,
                    "is a directory, and those can't be moved to or from where a quota counts; move the files in it");
        }
        return entry;
    }

    @Override
    Optional<HomeUsage> usage() {
        return Optional.of(usage);
    }

    @Override
    public long usableSpace(VirtualPath path) throws IOException {
        return Math.min(super.usableSpace(path), told().leftBytes());
    }

    @Override
    public Optional<Room> room() {
        return Optional.of(told());
    }

    private Room told() {
        QuotaLimits now = limits.get();
        Room room = usage.room(now);
        return now.tellsUsage() ? room : room.empty();
    }
}
