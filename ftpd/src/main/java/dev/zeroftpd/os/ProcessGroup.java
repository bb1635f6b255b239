package dev.zeroftpd.os;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs that are started as the first of a session of their own, so that they and what they start can be killed together.
 * Stateless; any thread.
 */
public final class ProcessGroup {

    private static final int SIGKILL = 9;

    /** Java has no setsid(2) for programs that it starts; this one does nothing else and becomes the program. */
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private ProcessGroup() {}

    /** What gives a program its session; empty where there is no such thing on this machine. */
    public static Optional<Path> starter() {
        return SETSID.stream().filter(Files::isExecutable).findFirst();
    }

    /** The whole command line that starts {@code program}, without arguments. */
    public static List<String> command(Path program) {
        return Stream.concat(starter().stream(), Stream.of(program))
                .map(Path::toString)
                .toList();
    }

    /** Kills a process that was started by {@link #command}, and all in its group. It must not have ended long ago. */
    public static void kill(Process first) {
        if (SystemCall.isSupported() && starter().isPresent() && first.isAlive()) {
            try (Arena arena = Arena.ofConfined()) {
                SystemCall.KILL.call(arena, -first.pid(), SIGKILL, 0, 0, 0);
            }
        }
        first.descendants().forEach(ProcessHandle::destroyForcibly);
        first.destroyForcibly();
    }
}
