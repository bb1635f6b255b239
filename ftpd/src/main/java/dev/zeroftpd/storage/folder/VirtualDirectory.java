package dev.zeroftpd.storage.folder;

import dev.zeroftpd.storage.Metadata;

/** What is shown of directories that only lead to folders. Stateless; any thread. */
final class VirtualDirectory {

    private static final int READ_AND_ENTER = 0555;

    /** On the way to a folder, and on no disk: nothing can be made in it. */
    static final Metadata ON_THE_WAY = Metadata.UNREACHABLE.withMode(READ_AND_ENTER);

    private VirtualDirectory() {}
}
