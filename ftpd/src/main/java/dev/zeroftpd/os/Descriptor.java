package dev.zeroftpd.os;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file descriptor of this process that Java knows nothing of. Any thread may close it, once; closing is idempotent. */
public final class Descriptor implements AutoCloseable {

    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    public Descriptor(int number) {
        this.number = number;
    }

    /**
     * The number by which foreign calls know it.
     *
     * @throws IllegalStateException if closed: the number may be another file's by now
     */
    int number() {
        if (closed.get()) {
            throw new IllegalStateException("descriptor closed");
        }
        return number;
    }

    /** A path that opens the very file which this describes, whatever its name is by now. */
    public Path path() {
        return Path.of(pathText());
    }

    public String pathText() {
        return "/proc/self/fd/" + number();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try (Arena arena = Arena.ofConfined()) {
                SystemCall.CLOSE.call(arena, number, 0, 0, 0, 0);
            }
        }
    }
}
