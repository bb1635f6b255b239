package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.Metadata;
import java.time.Instant;
import java.util.Optional;

/**
 * What a file was at one moment, short enough to be part of a name: it tells whether the file was written to, replaced
 * or deleted since. Immutable; any thread.
 *
 * <p>It is made of the inode's number, the size and the time of the last write. Permissions, owner, further names and
 * extended attributes may change without making it another: they don't change what an upload began to replace. That is
 * why the time of the last change of status is no part of it, nor the device, whose number another start may change.
 *
 * @param text 16 hexadecimal digits
 */
record FileState(String text) {

    /** There is no such file. */
    static final FileState ABSENT = new FileState("0".repeat(16));

    static FileState of(Optional<Metadata> file) {
        return file.map(FileState::of).orElse(ABSENT);
    }

    static FileState of(Metadata file) {
        Instant modified = file.modified();
        return new FileState(PartialName.hash(file.kind() + " " + file.inode() + " " + file.size() + " "
                + modified.getEpochSecond() + " " + modified.getNano()));
    }
}
