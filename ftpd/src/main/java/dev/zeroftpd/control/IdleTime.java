package dev.zeroftpd.control;

import java.util.concurrent.TimeUnit;

/**
 * How long a session's client has neither sent nor taken a byte, by a clock that is never set: MINA's own idle time goes by the
 * time of day, so that a clock set forward would end every session at once, and one set back would end none for as long. Used
 * by the session's I/O thread.
 */
final class IdleTime {

    private long bytesSeen = -1;
    private long sinceNanos;

    /**
     * True if so much time has passed since the last byte. To be asked again and again: a byte is noticed when it is asked.
     *
     * @param seconds 0 or less: never
     * @param bytes that the session has sent and taken by now
     */
    boolean isLongerThan(int seconds, long bytes, long nowNanos) {
        if (bytes != bytesSeen) {
            bytesSeen = bytes;
            sinceNanos = nowNanos;
        }
        return seconds > 0 && nowNanos - sinceNanos >= TimeUnit.SECONDS.toNanos(seconds);
    }
}
