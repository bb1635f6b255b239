package dev.zeroftpd.storage;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.os.AccountNames;

/**
 * What all homes of a server share. Immutable; any thread.
 *
 * @param umask permission bits that new files and directories don't get
 */
public record StorageContext(
        SymlinkPolicy symlinks, LinkListing listLinks, int umask, ZeroCopyDecision zeroCopy, AccountNames names) {}
