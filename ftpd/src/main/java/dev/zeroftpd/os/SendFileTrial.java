package dev.zeroftpd.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** Tries {@code sendfile(2)} on one file. Any thread. */
public interface SendFileTrial {

    /** True if the kernel sends from this file. */
    boolean works(Path file) throws IOException;

    /** By the C library on Linux; elsewhere the JDK's own choice is trusted. */
    static SendFileTrial ofThisSystem() {
        return SystemError.isLinux() ? new OnLinux() : file -> true;
    }

    /** One byte to {@code /dev/null}: nothing is copied, and a file system without the operation says EINVAL. */
    final class OnLinux implements SendFileTrial {

        /** The same on every Linux architecture. */
        private static final int O_RDONLY = 0;

        private static final int O_WRONLY = 1;

        private final Linker linker = Linker.nativeLinker();
        private final MethodHandle open = handle(
                "open",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        private final MethodHandle close =
                handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        private final MethodHandle sendfile = handle(
                "sendfile",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG));

        @Override
        public boolean works(Path file) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                int in = (int) open.invokeExact(arena.allocateFrom(file.toString()), O_RDONLY);
                if (in < 0) {
                    throw new IOException("cannot open " + file + " to try sendfile");
                }
                try {
                    return sendsFrom(in, arena);
                } finally {
                    int ignored = (int) close.invokeExact(in);
                }
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException("calling the C library failed", e);
            }
        }

        private boolean sendsFrom(int in, Arena arena) throws Throwable {
            int out = (int) open.invokeExact(arena.allocateFrom("/dev/null"), O_WRONLY);
            if (out < 0) {
                throw new IOException("cannot open /dev/null");
            }
            try {
                MemorySegment offset = arena.allocate(ValueLayout.JAVA_LONG);
                return (long) sendfile.invokeExact(out, in, offset, 1L) >= 0;
            } finally {
                int ignored = (int) close.invokeExact(out);
            }
        }

        private MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
            SymbolLookup library = linker.defaultLookup();
            return linker.downcallHandle(library.findOrThrow(name), descriptor, options);
        }
    }
}
