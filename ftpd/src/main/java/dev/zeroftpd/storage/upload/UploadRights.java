package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.upload.Publishing.Publication;

/**
 * What an account may do with the file that it uploads. Immutable; any thread.
 *
 * @param creates whether it may be a new file
 * @param replaces whether it may take the place of one, or change one inside
 * @param appends whether it may go behind the end of one
 */
public record UploadRights(boolean creates, boolean replaces, boolean appends) {

    public static final UploadRights ALL = new UploadRights(true, true, true);

    /** How a whole file is published: only under a free name if it may replace none. */
    Publication publication() {
        return replaces ? Publication.REPLACE : Publication.ONLY_NEW;
    }

    /** The same for one whose bytes belong behind those of a file that has come meanwhile. */
    Publication appending() {
        return appends ? Publication.APPEND : Publication.ONLY_NEW;
    }

    /** @throws StorageException NOT_PERMITTED if there is such a file and it may not be replaced, or none and it may not be made */
    void requireStore(boolean there, VirtualPath target) throws StorageException {
        if (there && !replaces) {
            throw new StorageException(
                    Kind.NOT_PERMITTED, target + ": exists already, and this account may not overwrite it");
        }
        requireNew(there, target);
    }

    /** The same for what comes behind the end of a file. */
    void requireAppend(boolean there, VirtualPath target) throws StorageException {
        if (there && !appends) {
            throw new StorageException(
                    Kind.NOT_PERMITTED, target + ": exists already, and this account may not append to it");
        }
        requireNew(there, target);
    }

    private void requireNew(boolean there, VirtualPath target) throws StorageException {
        if (!there && !creates) {
            throw new StorageException(Kind.NOT_PERMITTED, target + ": this account may not make new files here");
        }
    }
}
