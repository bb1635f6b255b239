package dev.zeroftpd.storage;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.SymlinkPolicy;
import java.nio.file.Path;

/** What every storage does with a home on this machine's disk. */
public interface DiskContract extends StorageContract, ConfinementContract {

    /** Made anew for each test. */
    HomeOnDisk disk();

    Storage storage(Path home, StorageContext context);

    @Override
    default Storage storage() {
        return storage(SymlinkPolicy.INSIDE);
    }

    @Override
    default Storage storage(SymlinkPolicy symlinks, LinkListing links) {
        return storage(home(), HomeOnDisk.context(symlinks, links));
    }

    @Override
    default Path home() {
        return disk().home();
    }

    @Override
    default Path outside() {
        return disk().outside();
    }
}
