package dev.zeroftpd.storage;

import java.util.Optional;

/**
 * What is left of an upload that broke, for the account and address that it belongs to. Immutable; any thread.
 *
 * @param partial where its bytes are
 * @param left what the file system says of them
 * @param old the file that it was to replace, which is still the same
 */
record BrokenUpload(VirtualPath partial, Metadata left, Optional<Metadata> old) {

    /** Bytes that have arrived. */
    long size() {
        return left.size();
    }

    /** The file as its owner sees it: as long as the bytes that have arrived. */
    Metadata shown() {
        return shown(old.orElse(left), left);
    }

    /** {@code file} with the length and the time of the partial. */
    static Metadata shown(Metadata file, Metadata left) {
        return new Metadata(
                file.kind(),
                left.size(),
                left.modified(),
                file.created(),
                file.owner(),
                file.group(),
                file.mode(),
                file.links(),
                file.device(),
                file.inode());
    }
}
