package dev.zeroftpd.storage;

import java.util.Optional;

/** Which file it is on this machine, whatever its names. Immutable; any thread. */
public record FileIdentity(long device, long inode) {

    /** Empty where the file system doesn't number its files. */
    public static Optional<FileIdentity> of(Metadata file) {
        return file.hasIdentity() ? Optional.of(new FileIdentity(file.device(), file.inode())) : Optional.empty();
    }
}
