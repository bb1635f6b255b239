package dev.zeroftpd.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The umask that this process was started with: the kernel takes it from every mode. Stateless; any thread. */
public final class ProcessUmask {

    /** If it can't be read: any bit may be set. */
    private static final int UNKNOWN = 0777;

    private static final int VALUE = read().orElse(UNKNOWN);

    private ProcessUmask() {}

    /** True if a file or directory made with {@code mode} may lack some of it. */
    public static boolean takesFrom(int mode) {
        return (VALUE & mode) != 0;
    }

    /** Linux tells it since 4.7; umask(2) can only be asked by changing it. */
    private static OptionalInt read() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("Umask:"))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring("Umask:".length()).strip(), 8))
                    .findFirst();
        } catch (IOException | NumberFormatException unreadable) {
            return OptionalInt.empty();
        }
    }
}
