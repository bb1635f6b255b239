package dev.zeroftpd.config;

/** Which symbolic links a client's path may go through. */
public enum SymlinkPolicy {
    /** Those that stay inside the user's home. */
    INSIDE,
    /** All, wherever they lead: only for homes in which users can't make links. */
    FOLLOW,
    /** None. */
    DENY
}
