package dev.zeroftpd.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Tries {@code sendfile(2)} on one file. Any thread. */
public interface SendFileTrial {

    /** True if the kernel sends from this file. */
    boolean works(Path file) throws IOException;

    /** By the kernel where we can ask it; elsewhere the JDK's own choice is trusted. */
    static SendFileTrial ofThisSystem() {
        return SystemCall.isSupported() ? SendFileTrial::sendsOneByte : file -> true;
    }

    /** One byte to {@code /dev/null}: nothing is copied, and a file system without the operation says EINVAL. */
    private static boolean sendsOneByte(Path file) throws IOException {
        try (Descriptor from = open(file.toString(), LinuxFiles.O_RDONLY);
                Descriptor to = open("/dev/null", LinuxFiles.O_WRONLY);
                Arena arena = Arena.ofConfined()) {
            long offset = arena.allocate(ValueLayout.JAVA_LONG).address();
            return SystemCall.SENDFILE.call(arena, to.number(), from.number(), offset, 1, 0) >= 0;
        }
    }

    private static Descriptor open(String path, long flags) throws IOException {
        long opened = LinuxFiles.open(path, flags);
        if (opened < 0) {
            throw new IOException("cannot open " + path + " to try sendfile: error number " + -opened);
        }
        return new Descriptor((int) opened);
    }
}
