package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The Linux system calls that Java has no method for, through the C library's {@code syscall(2)}. Stateless; any thread.
 *
 * <p>All go through one method handle, because each further signature costs about 10 ms at its first use.
 */
public enum SystemCall {
    WRITE(1, 64),
    SOCKET(41, 198),
    CONNECT(42, 203),
    OPENAT(257, 56),
    OPENAT2(437, 437),
    CLOSE(3, 57),
    STATX(332, 291),
    GETDENTS64(217, 61),
    MKDIRAT(258, 34),
    UNLINKAT(263, 35),
    RENAMEAT2(316, 276),
    UTIMENSAT(280, 88),
    FCHMODAT(268, 53),
    FACCESSAT(269, 48),
    READLINKAT(267, 78),
    SYMLINKAT(266, 36),
    FCHOWNAT(260, 54),
    LISTXATTR(194, 11),
    GETXATTR(191, 8),
    SETXATTR(188, 5),
    FALLOCATE(285, 47),
    FTRUNCATE(77, 46),
    FSTATFS(138, 44),
    REMOVEXATTR(197, 14),
    GETRUSAGE(98, 165),
    PRCTL(157, 167),
    LANDLOCK_CREATE_RULESET(444, 444),
    LANDLOCK_ADD_RULE(445, 445),
    LANDLOCK_RESTRICT_SELF(446, 446),
    SECCOMP(317, 277),
    SENDFILE(40, 71),
    KILL(62, 129);

    private static final MemoryLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final long ERRNO = CAPTURED.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    /** Null where it isn't supported; a constant, because only then does the JIT compile the call itself. */
    private static final @Nullable MethodHandle HANDLE = link();

    private final long numberOnX86;
    private final long numberOnArm;

    SystemCall(long numberOnX86, long numberOnArm) {
        this.numberOnX86 = numberOnX86;
        this.numberOnArm = numberOnArm;
    }

    /** True on Linux on the two processor types whose numbers and flags this class has. */
    public static boolean isSupported() {
        return HANDLE != null;
    }

    /** True on 64-bit ARM, false on x86-64. */
    static boolean isArm() {
        return ARM;
    }

    /**
     * Makes the call.
     *
     * @param arena where the buffers in the arguments live; the error number is put there too
     * @return what the call returned, or minus the error number
     */
    public long call(Arena arena, long a, long b, long c, long d, long e) {
        MemorySegment captured = captured(arena);
        long number = ARM ? numberOnArm : numberOnX86;
        long result;
        try {
            result = (long) Objects.requireNonNull(HANDLE).invokeExact(captured, number, a, b, c, d, e);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
        return result >= 0 ? result : -captured.get(JAVA_INT, ERRNO);
    }

    /** The place for {@code errno}. */
    static MemorySegment captured(Arena arena) {
        return arena.allocate(CAPTURED);
    }

    private static @Nullable MethodHandle link() {
        String processor = System.getProperty("os.arch");
        boolean known = processor.equals("amd64") || processor.equals("aarch64");
        return known && ErrorText.isLinux() ? link("syscall") : null;
    }

    /**
     * A function of the C library in the signature of all calls, which costs nothing once it has been linked: the place for {@code
     * errno}, and six whole numbers or addresses. One with fewer parameters leaves the last ones unread, on both processors.
     */
    static MethodHandle link(String function) {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor descriptor =
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                descriptor,
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }
}
