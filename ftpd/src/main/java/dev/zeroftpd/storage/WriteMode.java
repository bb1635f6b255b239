package dev.zeroftpd.storage;

/** How a file is opened for writing. */
public enum WriteMode {
    /** From the start; what was there is gone. */
    CREATE_OR_TRUNCATE,
    /** Each write goes behind what is then the end; created if missing. */
    APPEND,
    /** From an offset; created if missing. Nothing before it changes, nothing behind what is written is cut off. */
    AT_OFFSET,
    /** A file of that name must not exist. */
    CREATE_NEW
}
