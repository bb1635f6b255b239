package dev.zeroftpd.storage.ftplet;

/**
 * What FtpServer's own file system factory lets an embedder choose. Immutable; any thread.
 *
 * @param create whether a missing home is created at login
 * @param caseInsensitive whether names match in any case; each segment then costs reading its directory
 * @param checkedUploads whether the new content of every file is looked at before others can see it
 */
public record HomeOptions(boolean create, boolean caseInsensitive, boolean checkedUploads) {

    /** Homes must exist, and names are taken as they are. */
    public static final HomeOptions DEFAULTS = new HomeOptions(false, false, false);

    /** Of which uploads are checked only if a server of our own has a check. */
    public HomeOptions(boolean create, boolean caseInsensitive) {
        this(create, caseInsensitive, false);
    }

    /** The same with uploads that are checked, or not. */
    public HomeOptions checking(boolean checked) {
        return new HomeOptions(create, caseInsensitive, checked);
    }
}
