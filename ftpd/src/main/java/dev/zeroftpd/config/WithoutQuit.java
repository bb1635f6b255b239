package dev.zeroftpd.config;

/** What becomes of an upload that ended well, but whose client had left before without QUIT: it may have been killed. */
public enum WithoutQuit {
    /** It counts as complete if no file has to give way to it. */
    NEW,
    /** It counts as complete. */
    ALWAYS,
    /** It counts as broken. */
    NEVER
}
