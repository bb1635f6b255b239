package dev.zeroftpd.command;

import java.util.Optional;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * The part of a file that RANG chose for the next HASH, kept as a session attribute. Immutable.
 *
 * @param first of the first byte, from 0
 * @param last of the last byte, which belongs to it
 */
record HashRange(long first, long last) {

    private static final String ATTRIBUTE = "dev.zeroftpd.range";

    static void set(FtpIoSession session, HashRange range) {
        session.setAttribute(ATTRIBUTE, range);
    }

    static void clear(FtpIoSession session) {
        session.removeAttribute(ATTRIBUTE);
    }

    /** What was chosen; it holds once. */
    static Optional<HashRange> take(FtpIoSession session) {
        return Optional.ofNullable((HashRange) session.removeAttribute(ATTRIBUTE));
    }
}
