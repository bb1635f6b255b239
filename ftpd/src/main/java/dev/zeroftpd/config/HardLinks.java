package dev.zeroftpd.config;

/** What becomes of a file's other names when an atomic upload replaces it. */
public enum HardLinks {
    /** They keep on naming the same file: the finished upload is copied into it. */
    KEEP,
    /** They keep the old bytes: the finished upload takes the one name that the client used, in one step. */
    BREAK
}
