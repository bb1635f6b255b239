package dev.zeroftpd.storage;

/** What the server's process may do with a file, as the file system says. */
public enum Access {
    READ,
    WRITE,
    /** Run a file or look names up in a directory. */
    EXECUTE
}
