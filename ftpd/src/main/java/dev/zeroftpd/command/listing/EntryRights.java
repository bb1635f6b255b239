package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import java.util.Set;

/** What an account may do with each entry of one directory; mostly the same for all of them. Immutable; any thread. */
@FunctionalInterface
interface EntryRights {

    Set<Permission> of(String name);
}
