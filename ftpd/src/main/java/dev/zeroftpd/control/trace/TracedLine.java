package dev.zeroftpd.control.trace;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A command or a reply. Immutable; any thread.
 *
 * @param session how the session is called
 * @param user who is logged in, or wants to be; empty before USER
 * @param text without secrets; of a reply perhaps several lines
 */
public record TracedLine(
        Instant time, String session, Optional<String> user, InetAddress address, From from, String text) {

    /** Which side said it. */
    public enum From {
        CLIENT,
        SERVER
    }
}
