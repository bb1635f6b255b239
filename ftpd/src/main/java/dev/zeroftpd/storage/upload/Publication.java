package dev.zeroftpd.storage.upload;

/** What a finished upload does if a file with its name exists. */
enum Publication {
    /** Takes its place. */
    REPLACE,
    /** Is refused. */
    ONLY_NEW,
    /** Goes behind its end: an APPE, whose file another one may have begun meanwhile. */
    APPEND
}
