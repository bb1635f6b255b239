package dev.zeroftpd.storage.upload;

import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.upload.Publishing.Publication;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partial files that an account leaves in its home from one address: found, kept, removed. Thread-safe. */
public final class PartialFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PartialFiles.class);

    private final PartialPlace place;
    private final PartialOwner owner;
    private final PartialExpiry expiry;

    public PartialFiles(PartialPlace place, PartialOwner owner) {
        this.place = place;
        this.owner = owner;
        this.expiry = new PartialExpiry(place);
    }

    public PartialPlace place() {
        return place;
    }

    /** The same for what is not to be resumed: what breaks is dropped. */
    public PartialFiles neverResuming() {
        return new PartialFiles(place, owner.neverResuming());
    }

    PartialOwner owner() {
        return owner;
    }

    UploadSettings settings() {
        return place.context().settings();
    }

    boolean areUsed() {
        return settings().mode() == UploadMode.ATOMIC || isChecked();
    }

    /** Whether nothing may be written in place. */
    boolean isChecked() {
        return place.context().checked();
    }

    /** A partial to begin from nothing; while another upload of the same file runs, one beside that one's. */
    Slot fresh(VirtualPath target, Optional<Metadata> old) throws IOException {
        expiry.visit(target.parent());
        FileState state = FileState.of(old);
        int permissions = Slot.permissions(place.storage(), old);
        VirtualPath resumable = PartialName.of(target, owner, state);
        Optional<ActiveUploads.Hold> hold = place.hold(PartialName.lock(target, owner));
        if (hold.isPresent()) {
            return new Slot(target, state, resumable, resumable, permissions, hold.get());
        }
        VirtualPath another = PartialName.another(resumable);
        return new Slot(target, state, another, resumable, permissions, place.hold(another, target));
    }

    /** A partial for a copy of something else: never one that an upload goes on with. */
    Slot aside(VirtualPath target) throws IOException {
        FileState none = FileState.of(Optional.empty());
        VirtualPath another = PartialName.another(PartialName.of(target, owner, none));
        return new Slot(target, none, another, another, HiddenName.PERMISSIONS, place.hold(another, target));
    }

    /** The same for what is to take the place of an existing file. */
    Slot aside(VirtualPath target, Metadata old) throws IOException {
        Slot slot = aside(target);
        int permissions = Slot.permissions(place.storage(), Optional.of(old));
        return new Slot(target, FileState.of(old), slot.written(), slot.resumable(), permissions, slot.hold());
    }

    /**
     * What a broken upload of {@code target} left. Empty while an upload is under way, since that may still succeed.
     *
     * @param old what the file system says of {@code target} now
     */
    public Optional<BrokenUpload> broken(VirtualPath target, Optional<Metadata> old) throws IOException {
        if (!areUsed() || !owner.resumes() || target.isRoot()) {
            return Optional.empty();
        }
        Optional<BrokenUpload> left = left(target, old);
        if (left.isEmpty() || isUnderWay(target)) {
            return Optional.empty();
        }
        // An upload that was under way at the first look may have ended since: then it has taken its partial away.
        return left(target, old).filter(left.get()::equals);
    }

    /** True if this owner uploads {@code target} right now. */
    boolean isUnderWay(VirtualPath target) throws IOException {
        return place.isHeld(PartialName.lock(target, owner));
    }

    private Optional<BrokenUpload> left(VirtualPath target, Optional<Metadata> old) throws IOException {
        VirtualPath partial = PartialName.of(target, owner, FileState.of(old));
        Optional<Metadata> left = place.file(partial);
        if (left.isPresent() && expiry.isExpired(left.get())) {
            expiry.expire(partial);
            return Optional.empty();
        }
        return left.map(metadata -> new BrokenUpload(partial, metadata, old));
    }

    /**
     * Takes the partial of a broken upload, to continue it.
     *
     * @return empty if it has changed since it was found: look again
     * @throws StorageException BUSY if another continues it
     */
    Optional<Slot> take(VirtualPath target, BrokenUpload broken) throws IOException {
        ActiveUploads.Hold hold = place.hold(PartialName.lock(target, owner), target);
        try {
            Optional<BrokenUpload> now = left(target, place.entry(target));
            if (now.equals(Optional.of(broken))) {
                return Optional.of(new Slot(
                        target,
                        FileState.of(broken.old()),
                        broken.partial(),
                        broken.partial(),
                        Slot.permissions(place.storage(), broken.old()),
                        hold));
            }
        } catch (IOException | RuntimeException failed) {
            hold.close();
            throw failed;
        }
        hold.close();
        return Optional.empty();
    }

    /** True if a file has that name. */
    boolean isTaken(VirtualPath target) throws IOException {
        return place.file(target).isPresent();
    }

    /**
     * Gives a complete partial the target's name, or its bytes to the target; keeps it if that can't be done.
     *
     * @param finished the partial; stays open
     * @return the target, or the name that it got instead
     */
    VirtualPath publish(Slot slot, WritableFile finished, Publication publication) throws IOException {
        Publishing publishing = new Publishing(place, publication);
        try {
            VirtualPath named = publishing.publish(slot, finished);
            if (!slot.old().equals(FileState.ABSENT)) {
                forgetNewFile(slot);
            }
            return named;
        } catch (IOException | RuntimeException refused) {
            try {
                if (publishing.hasTouchedTarget()) {
                    keep(valid(slot));
                } else if (refused instanceof StorageException quota && quota.kind() == Kind.QUOTA) {
                    drop(slot); // otherwise it takes the room until it expires
                } else {
                    keep(slot);
                }
            } catch (IOException goneAsWell) {
                refused.addSuppressed(goneAsWell);
            }
            throw refused;
        }
    }

    /** The upload holds the partials of its file itself, unless another does. */
    private void forgetNewFile(Slot slot) {
        VirtualPath partial = PartialName.of(slot.target(), owner, FileState.ABSENT);
        try {
            if (!slot.isBeside() && place.file(partial).isPresent()) {
                place.storage().delete(partial);
            }
        } catch (IOException refused) {
            LOG.debug("{} stays until it expires", partial, refused);
        }
    }

    /**
     * If copying a finished upload into its file failed midway, only the partial is complete: it is kept for the file
     * as it is now.
     */
    private Slot valid(Slot slot) throws IOException {
        FileState now = FileState.of(place.entry(slot.target()));
        return new Slot(
                slot.target(),
                now,
                slot.written(),
                PartialName.of(slot.target(), owner, now),
                slot.permissions(),
                slot.hold());
    }

    /**
     * Leaves a broken upload's partial where it can be resumed, and schedules its expiry. Drops it if the file that it
     * was to replace has changed meanwhile, or if its owner can't come back for it.
     */
    void keep(Slot slot) throws IOException {
        if (!owner.resumes() || !FileState.of(place.entry(slot.target())).equals(slot.old())) {
            drop(slot);
            return;
        }
        if (slot.isBeside()) {
            try {
                place.storage().rename(slot.written(), slot.resumable());
            } catch (StorageException taken) {
                LOG.debug("{} stays, dropping {}", slot.resumable(), slot.written(), taken);
                drop(slot);
                return;
            }
        }
        expiry.watch(slot.resumable());
    }

    void drop(Slot slot) throws IOException {
        place.storage().delete(slot.written());
    }

    /** The same where another process may have taken it away. */
    void dropUnlessGone(Slot slot) throws IOException {
        try {
            drop(slot);
        } catch (StorageException gone) {
            if (gone.kind() != Kind.NOT_FOUND) {
                throw gone;
            }
        }
    }

    /** Makes sure that partials in {@code directory} expire. */
    public void visit(VirtualPath directory) {
        expiry.visit(directory);
    }

    /** Opens a directory with this owner's broken uploads as files that are as long as what has come. */
    public DirectoryListing list(VirtualPath directory, ToldLengths told) throws IOException {
        return BrokenListing.open(this, directory, told);
    }

    /** A partial that a listing came across, unless it is too old or being written. */
    Optional<Metadata> shown(VirtualPath partial) throws IOException {
        Optional<Metadata> left = place.file(partial).filter(found -> !expiry.isExpired(found));
        if (left.isEmpty() || place.isHeld(PartialName.lock(partial))) {
            return Optional.empty();
        }
        return place.file(partial).filter(left.get()::equals); // as in broken
    }

    /** Removes a file and what was left of its upload; it is enough if one of them exists. */
    public void delete(VirtualPath target) throws IOException {
        Optional<BrokenUpload> broken = brokenIfReachable(target);
        try {
            place.storage().delete(target);
        } catch (StorageException absent) {
            if (absent.kind() != Kind.NOT_FOUND || broken.isEmpty()) {
                throw absent;
            }
        }
        if (broken.isPresent()) {
            remove(broken.get().partial());
        }
        forget(target, FileState.ABSENT);
    }

    /** What a file is now, for {@link #forget}. */
    FileState state(VirtualPath target) throws IOException {
        try {
            return FileState.of(place.entry(target));
        } catch (StorageException leadsNowhere) {
            return FileState.ABSENT;
        }
    }

    /**
     * Removes what broke of this owner's uploads of a file that is not, or no more, in {@code state}, and of a file that
     * did not exist: were the name free again, that would be continued as if nothing had been there meanwhile.
     */
    void forget(VirtualPath target, FileState state) {
        if (!areUsed() || !owner.resumes() || target.isRoot()) {
            return;
        }
        for (FileState left : new LinkedHashSet<>(List.of(state, FileState.ABSENT))) {
            VirtualPath partial = PartialName.of(target, owner, left);
            try {
                remove(partial);
            } catch (IOException refused) {
                LOG.debug("{} stays until it expires", partial, refused);
            }
        }
    }

    /** A symbolic link that leads nowhere, or out of the home, has no partial, but can be removed. */
    private Optional<BrokenUpload> brokenIfReachable(VirtualPath target) throws IOException {
        try {
            return broken(target, place.entry(target));
        } catch (StorageException leadsNowhere) {
            return Optional.empty();
        }
    }

    /**
     * Removes a directory that is empty except for partials, of any account, that no upload writes to.
     *
     * @throws StorageException as {@link Storage#removeDirectory} does; NOT_EMPTY then leaves everything as it was
     */
    public void removeDirectory(VirtualPath directory) throws IOException {
        try {
            place.storage().removeDirectory(directory);
        } catch (StorageException refused) {
            if (refused.kind() != Kind.NOT_EMPTY || !holdsOnlyPartials(directory)) {
                throw refused;
            }
            removePartials(directory);
            place.storage().removeDirectory(directory);
        }
    }

    private boolean holdsOnlyPartials(VirtualPath directory) throws IOException {
        try (DirectoryListing visible = place.storage().list(directory)) {
            return visible.next().isEmpty();
        }
    }

    private void removePartials(VirtualPath directory) throws IOException {
        try (DirectoryListing partials = place.storage().list(directory, HiddenName::isPartial)) {
            Optional<DirectoryEntry> partial = partials.next();
            while (partial.isPresent()) {
                remove(directory.child(partial.get().name()));
                partial = partials.next();
            }
        }
    }

    /** Removes a partial unless an upload writes to it. */
    void remove(VirtualPath partial) throws IOException {
        Optional<ActiveUploads.Hold> hold =
                place.file(partial).isEmpty() ? Optional.empty() : place.hold(PartialName.lock(partial));
        if (hold.isPresent()) {
            try {
                if (place.file(partial).isPresent()) {
                    place.storage().delete(partial);
                }
            } finally {
                hold.get().close();
            }
        }
    }
}
