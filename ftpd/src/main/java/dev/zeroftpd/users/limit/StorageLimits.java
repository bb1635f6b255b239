package dev.zeroftpd.users.limit;

/**
 * What an account may store in its home, and for how long. Immutable; any thread. 0 stands for no limit everywhere.
 *
 * @param bytes all that lies in the home may have, together
 * @param files most files, links and directories that may lie in it
 * @param warnPercent of one of these two, from which on operators are told: 0 to 100, 0 for never
 * @param uploadBytes the largest file that may be uploaded
 * @param retentionDays whole days after its last change after which a file is deleted
 */
public record StorageLimits(long bytes, long files, int warnPercent, long uploadBytes, long retentionDays) {

    /** Per cent of a quota: an operator still has time to act, and isn't told of homes that are half full. */
    public static final int DEFAULT_WARNING = 80;

    /** True if what lies in the home has to be counted. */
    public boolean hasQuota() {
        return bytes > 0 || files > 0;
    }

    /** True if any of them is set. */
    public boolean isAny() {
        return hasQuota() || uploadBytes > 0 || retentionDays > 0;
    }
}
