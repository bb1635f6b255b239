package dev.zeroftpd.config;

/**
 * How names become files. Immutable; any thread.
 *
 * @param renameOverwrites whether RNTO replaces a file that has the new name
 */
public record StorageSettings(SymlinkPolicy symlinks, LinkListing listLinks, boolean renameOverwrites) {

    /** What an application that embeds Apache FtpServer is used to: links look like what they lead to, RNTO refuses. */
    public static StorageSettings asInApacheFtpServer() {
        return new StorageSettings(SymlinkPolicy.INSIDE, LinkListing.TARGET, false);
    }
}
