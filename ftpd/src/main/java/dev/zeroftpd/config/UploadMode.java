package dev.zeroftpd.config;

/** When others see an upload. */
public enum UploadMode {
    /** Once it is complete: it replaces the old file in one step. */
    ATOMIC,
    /** While it is written, in the file of its final name. */
    DIRECT
}
