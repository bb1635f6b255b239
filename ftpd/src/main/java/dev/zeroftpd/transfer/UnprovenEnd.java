package dev.zeroftpd.transfer;

/**
 * What it means that an upload's data connection ended, where nothing proves that all of it came: in MODE S the end of
 * the file is a FIN, and the sockets of a killed process say the same. Any thread.
 */
@FunctionalInterface
public interface UnprovenEnd {

    /** What to take the end for. */
    enum Meaning {
        /** All of it came. */
        COMPLETE,
        /** All of it came if no file has to give way to it; else it counts as broken. */
        COMPLETE_IF_NEW,
        /** Some of it may be missing. */
        BROKEN
    }

    /**
     * Asked once, on the transfer's thread, as soon as the end was read.
     *
     * @param replaces whether an old file gives way if it is complete: then a mistake costs that file
     */
    Meaning meaning(boolean replaces);
}
