package dev.zeroftpd.storage.ftplet;

/**
 * What FtpServer's own file system factory lets an embedder choose. Immutable; any thread.
 *
 * @param create whether a missing home is created at login
 * @param caseInsensitive whether names match in any case; each segment then costs reading its directory
 */
public record HomeOptions(boolean create, boolean caseInsensitive) {

    /** Homes must exist, and names are taken as they are. */
    public static final HomeOptions DEFAULTS = new HomeOptions(false, false);
}
