package dev.zeroftpd.storage;

/** What a finished upload does to a file that has its name by then. */
enum Publication {
    /** Takes its place. */
    REPLACE,
    /** Is refused. */
    ONLY_NEW,
    /** Goes behind its end: an APPE, whose file another one may have begun meanwhile. */
    APPEND
}
