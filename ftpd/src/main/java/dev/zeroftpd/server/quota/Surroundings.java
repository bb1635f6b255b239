package dev.zeroftpd.server.quota;

import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.users.AccountUserManager;
import java.nio.file.Path;
import java.util.Collection;

/**
 * What quotas are about. Immutable; any thread.
 *
 * @param state the directory in which the numbers outlive the process
 * @param ownFiles others that the server needs
 */
record Surroundings(
        Path state,
        Collection<Path> ownFiles,
        AccountUserManager users,
        HomeFileSystemFactory homes,
        HomeNames names) {}
