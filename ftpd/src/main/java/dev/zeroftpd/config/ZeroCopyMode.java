package dev.zeroftpd.config;

/** Whether downloads may go from the page cache to the socket without a copy. */
public enum ZeroCopyMode {
    /** Where the file, its device and the connection allow. */
    AUTO,
    /** Never: everything streams. */
    OFF
}
