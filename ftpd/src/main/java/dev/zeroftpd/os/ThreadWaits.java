package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Counts how often the calling thread gave up its processor to wait inside a system call, by {@code getrusage(2)}.
 * Preemption by other threads does not count. Stateless; any platform thread.
 */
public final class ThreadWaits {

    private static final long RUSAGE_THREAD = 1;
    private static final long SIZE_OF_RUSAGE = 144;
    private static final long VOLUNTARY_SWITCHES = 128;

    private ThreadWaits() {}

    public static long count() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(SIZE_OF_RUSAGE, Long.BYTES);
            SystemCall.GETRUSAGE.call(arena, RUSAGE_THREAD, usage.address(), 0, 0, 0);
            return usage.get(JAVA_LONG, VOLUNTARY_SWITCHES);
        }
    }
}
