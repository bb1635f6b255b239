package dev.zeroftpd.config;

/** How a listing shows symbolic links. */
public enum LinkListing {
    /** As links, so that a client that deletes or copies a tree leaves alone what they lead to. */
    LINK,
    /** As what they lead to: for read-only mirrors whose clients follow no link. */
    TARGET
}
