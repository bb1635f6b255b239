package dev.zeroftpd.control;

import java.time.Instant;
import org.apache.mina.core.session.IoSession;

/**
 * How a session is called in events, and by operators: when the process began, and which of its connections it is. So two
 * processes that serve at the same time, or after each other, have no name in common. Stateless; any thread.
 */
final class SessionId {

    /** Six letters and digits for the next decades. */
    private static final String PROCESS = Long.toString(
                    ProcessHandle.current()
                            .info()
                            .startInstant()
                            .orElseGet(Instant::now)
                            .getEpochSecond(),
                    Character.MAX_RADIX)
            + "-";

    private SessionId() {}

    static String of(IoSession session) {
        return PROCESS + session.getId();
    }
}
