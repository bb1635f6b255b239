package dev.zeroftpd.storage.upload;

import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.storage.CountingChannel;
import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.OtherName;
import dev.zeroftpd.storage.ProviderErrors;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes a finished partial the file that the client named. Used once, by one thread.
 *
 * <p>A rename does it in one step. But a rename may lose the old file's owner, permissions, other names or attributes;
 * then the bytes are copied into that file instead, as an upload with {@code direct} would have written them. A crash
 * in the middle of that leaves a mixture.
 */
final class Publishing {

    /** What a finished upload does if a file with its name exists. */
    enum Publication {
        /** Takes its place. */
        REPLACE,
        /** Is refused. */
        ONLY_NEW,
        /** Gets another name: its client may not learn that the name is taken. */
        BESIDE,
        /** Goes behind its end: an APPE, whose file another one may have begun meanwhile. */
        APPEND
    }

    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    private static final FewLines REMARKS = FewLines.perMinute(LOG, 60);

    /** Setuid, setgid, or a program, of which not every file system tells whether it has them. */
    private static final int MAY_BE_PRIVILEGED = 06111;

    private static final int PERMISSIONS = 0777;

    /** How often the target may vanish at the wrong moment: more often than a loop that deletes it manages in practice. */
    private static final int ATTEMPTS = 1000;

    private final PartialPlace place;
    private final Publication publication;
    private boolean touchedTarget;

    Publishing(PartialPlace place, Publication publication) {
        this.place = place;
        this.publication = publication;
    }

    /** True if some bytes of the target may have been overwritten, though not all. */
    boolean hasTouchedTarget() {
        return touchedTarget;
    }

    /**
     * Gives a finished upload its name, or its bytes to the file that has it.
     *
     * @param partial finished, and the server's alone
     * @return the name that it got
     */
    VirtualPath publish(Slot slot, WritableFile partial) throws IOException {
        Storage storage = place.storage();
        VirtualPath named = slot.target();
        switch (publication) {
            case ONLY_NEW -> name(slot, partial, false);
            case BESIDE -> named = nameOrBeside(slot, partial);
            case APPEND -> append(slot, partial);
            case REPLACE -> replace(slot, partial);
        }
        if (place.context().settings().fsync()) {
            storage.forceDirectory(named.parent());
        }
        return named;
    }

    /** The permissions come first: a program that waits for the name may open the file at once. */
    private void name(Slot slot, WritableFile partial, boolean mayReplace) throws IOException {
        partial.setPermissions(slot.permissions());
        try {
            rename(slot, partial, mayReplace);
        } catch (IOException | RuntimeException refused) {
            hide(partial);
            throw refused;
        }
    }

    private VirtualPath nameOrBeside(Slot slot, WritableFile partial) throws IOException {
        VirtualPath wanted = slot.target();
        Slot now = slot;
        for (int i = 1; i < ATTEMPTS; i++) {
            try {
                name(now, partial, false);
                if (!now.target().equals(wanted)) {
                    VirtualPath beside = now.target();
                    REMARKS.write(
                            Level.INFO,
                            () -> LogText.escape(wanted.text()) + " is there by now: what was uploaded is "
                                    + LogText.escape(beside.text()));
                }
                return now.target();
            } catch (StorageException taken) {
                if (taken.kind() != Kind.EXISTS) {
                    throw taken;
                }
                now = slot.to(OtherName.of(wanted));
            }
        }
        name(now, partial, false);
        return now.target();
    }

    /** What was checked must be what gets the name, whatever the client renamed meanwhile. */
    private void rename(Slot slot, WritableFile partial, boolean mayReplace) throws IOException {
        Optional<FileIdentity> checked = checked(partial);
        if (checked.isPresent()) {
            place.storage().rename(checked.get(), slot.written(), slot.target(), mayReplace);
        } else if (mayReplace) {
            place.storage().replace(slot.written(), slot.target());
        } else {
            place.storage().rename(slot.written(), slot.target());
        }
    }

    private Optional<FileIdentity> checked(WritableFile partial) {
        return place.context().checked() ? partial.identity() : Optional.empty();
    }

    private static void hide(WritableFile partial) {
        try {
            partial.setPermissions(HiddenName.PERMISSIONS);
        } catch (StorageException full) {
            LOG.debug("A partial has the permissions of its file", full);
        }
    }

    private void append(Slot slot, WritableFile partial) throws IOException {
        whileItComesAndGoes(() -> {
            try {
                name(slot, partial, false);
            } catch (StorageException taken) {
                if (taken.kind() != Kind.EXISTS) {
                    throw taken;
                }
                if (place.context().checked()) {
                    // what was checked is these bytes alone, not what they would become behind others
                    throw StorageException.because(Kind.BUSY, slot.target(), "has come meanwhile; send APPE again");
                }
                copy(slot, partial, true);
            }
        });
    }

    private void replace(Slot slot, WritableFile partial) throws IOException {
        whileItComesAndGoes(() -> {
            Optional<Metadata> old = place.file(slot.target());
            if (old.isEmpty()) {
                name(slot, partial, true);
            } else if (!isReplaced(slot, partial, old.get())) {
                copy(slot, partial, false);
            }
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Another session may delete the target between the look at it and the step that counts on it. */
    private static void whileItComesAndGoes(Step step) throws IOException {
        for (int i = 1; i < ATTEMPTS; i++) {
            try {
                step.run();
                return;
            } catch (StorageException gone) {
                if (gone.kind() != Kind.NOT_FOUND) {
                    throw gone;
                }
            }
        }
        step.run();
    }

    /** False if a rename would lose something of the old file, or is refused. */
    private boolean isReplaced(Slot slot, WritableFile partial, Metadata old) throws IOException {
        Storage storage = place.storage();
        if (place.context().settings().hardLinks() == HardLinks.KEEP && old.links() > 1) {
            return false;
        }
        boolean replaced = false;
        ActiveUploads.Hold hold = place.await(FileIdentity.of(old), slot.target());
        try (hold) {
            if (storage.inherit(slot.written(), slot.target())) {
                rename(slot, partial, true);
                replaced = true;
            }
            return replaced;
        } catch (StorageException refused) {
            // the file is a mount point, or its directory may not be changed
            return switch (refused.kind()) {
                case NOT_PERMITTED, IN_USE, ANOTHER_FILE_SYSTEM, FAILED -> {
                    LOG.debug("{} can't be replaced", slot.target(), refused);
                    yield false;
                }
                default -> throw refused;
            };
        } finally {
            if (!replaced) {
                hide(partial);
            }
        }
    }

    private void copy(Slot slot, WritableFile partial, boolean append) throws IOException {
        REMARKS.write(
                Level.INFO,
                () -> "An upload is copied into " + LogText.escape(slot.target().text())
                        + ", which a rename would not leave as it is");
        Storage storage = place.storage();
        Optional<FileIdentity> checked = checked(partial);
        if (checked.isPresent() && !checked.equals(FileIdentity.of(storage.entry(slot.written())))) {
            throw StorageException.of(Kind.BUSY, slot.target());
        }
        Holds held = new Holds();
        held.add(place.await(slot.target()));
        try (held;
                FileSource finished = storage.openForReading(slot.written())) {
            try (WritableFile file =
                    storage.openForWriting(slot.target(), append ? WriteMode.APPEND : WriteMode.AT_OFFSET, 0)) {
                held.add(place.await(file.identity(), slot.target()));
                dropPrivileges(slot.target());
                if (append) {
                    appendTo(file, finished, slot.target());
                } else {
                    overwrite(file, finished);
                }
            }
        } catch (IOException failed) {
            throw ProviderErrors.exception(failed, slot.target());
        }
        remove(slot.written());
    }

    private void overwrite(WritableFile file, FileSource finished) throws IOException {
        file.requireSpace(0, finished.size());
        touchedTarget = true;
        copy(finished, file.channel());
        file.channel().truncate(finished.size());
        forceIfAsked(file);
        touchedTarget = false;
    }

    /**
     * All or nothing: the client of a refused upload sends it again. No space is reserved, because giving back what is left of it
     * would cut off what another process appends meanwhile.
     */
    private void appendTo(WritableFile file, FileSource finished, VirtualPath target) throws IOException {
        CountingChannel counting = new CountingChannel(file.channel());
        long start = file.channel().size();
        try {
            copy(finished, counting);
            forceIfAsked(file);
        } catch (IOException | RuntimeException failed) {
            cutBack(target, file.channel(), start, counting.count());
            throw failed;
        }
    }

    private void forceIfAsked(WritableFile file) throws IOException {
        if (place.context().settings().fsync()) {
            file.force();
        }
    }

    /** Only where nothing but this upload's bytes can be behind {@code start}. */
    private static void cutBack(VirtualPath target, SeekableByteChannel channel, long start, long appended) {
        try {
            if (channel.size() == start + appended) {
                channel.truncate(start);
                return;
            }
            REMARKS.write(
                    Level.WARN,
                    () -> appended + " bytes of a failed upload stay in " + LogText.escape(target.text())
                            + ": another process wrote to it, too");
        } catch (IOException refused) {
            REMARKS.write(
                    Level.WARN,
                    () -> appended + " bytes of a failed upload stay at the end of " + LogText.escape(target.text()),
                    refused);
        }
    }

    /** They were given to the old bytes. The kernel clears them too, except for root. */
    private void dropPrivileges(VirtualPath target) throws IOException {
        int mode = place.storage().metadata(target).mode();
        if ((mode & MAY_BE_PRIVILEGED) != 0) {
            try {
                place.storage().setPermissions(target, mode & PERMISSIONS);
            } catch (StorageException notOurs) {
                LOG.debug("Left to the kernel", notOurs);
            }
        }
    }

    /** From the start of one to where the other stands. */
    private static void copy(FileSource from, WritableByteChannel to) throws IOException {
        try (ReadableByteChannel bytes = from.streamFrom(0)) {
            ByteCopy.copy(bytes, to, Long.MAX_VALUE, () -> {}); // the upload is complete: nothing ends it any more
        }
    }

    /** The target has the bytes by now: the upload has ended well, whatever becomes of the partial. */
    private void remove(VirtualPath copied) {
        try {
            place.storage().delete(copied);
        } catch (IOException refused) {
            REMARKS.write(
                    Level.WARN,
                    () -> LogText.escape(copied.text()) + " was copied, but can't be deleted: delete it by other means",
                    refused);
            empty(copied);
        }
    }

    private void empty(VirtualPath copied) {
        try {
            place.storage()
                    .openForWriting(copied, WriteMode.CREATE_OR_TRUNCATE, 0)
                    .close();
        } catch (IOException refused) {
            LOG.debug("{} stays as large as it is", copied, refused);
        }
    }
}
