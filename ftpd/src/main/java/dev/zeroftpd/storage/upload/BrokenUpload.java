package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.VirtualPath;
import java.util.Optional;

/**
 * What is left of an upload that broke, for the account and address that it belongs to. Immutable; any thread.
 *
 * @param partial where its bytes are
 * @param left what the file system says of them
 * @param old the file that it was to replace, which is still the same
 */
public record BrokenUpload(VirtualPath partial, Metadata left, Optional<Metadata> old) {

    /** Bytes that have arrived. */
    public long size() {
        return left.size();
    }

    /** The file as its owner sees it: as long as the bytes that have arrived. */
    public Metadata shown() {
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
