package dev.zeroftpd.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/**
 * Errors of the kernel, recognised by the C library's messages: the JDK passes on nothing else. The C library speaks
 * the language that the process was started in. Any thread.
 */
public enum SystemError {
    BROKEN_PIPE(32, "broken pipe"),
    NO_SPACE(28, "no space left"),
    QUOTA_EXCEEDED(122, "quota exceeded"),
    NOT_PERMITTED(1, "not permitted"),
    READ_ONLY(30, "read-only"),
    SYMBOLIC_LINKS(40, "symbolic link"),
    NOT_A_DIRECTORY(20, "not a directory"),
    IS_A_DIRECTORY(21, "is a directory"),
    NAME_TOO_LONG(36, "name too long"),
    TOO_LARGE(27, "file too large");

    private static final long LONGEST_TEXT_BYTES = 1024;

    private final String english;
    private final String local;

    /**
     * @param errno Linux's
     * @param english what is common to the texts of all systems that speak English
     */
    SystemError(int errno, String english) {
        this.english = english;
        this.local = textOf(errno).orElse(english);
    }

    /** True if an exception's text means this. */
    public boolean isSaidBy(String text) {
        return text.contains(local) || text.toLowerCase(Locale.ROOT).contains(english);
    }

    /** True if this process runs on Linux, whose numbers and calls we know. */
    public static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    }

    /** What the C library calls an error number of Linux; empty on other systems, which have others. */
    public static Optional<String> textOf(int errno) {
        return isLinux() ? Optional.of(asked(errno)) : Optional.empty();
    }

    /** By {@code strerror(3)}, which returns text that stays where it is for the numbers that it knows. */
    private static String asked(int errno) {
        Linker linker = Linker.nativeLinker();
        MethodHandle strerror = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try {
            MemorySegment text = (MemorySegment) strerror.invokeExact(errno);
            return text.reinterpret(LONGEST_TEXT_BYTES).getString(0, Charset.forName(encoding()));
        } catch (Throwable impossible) {
            throw new IllegalStateException("strerror failed", impossible);
        }
    }

    /** In which the JDK takes the same texts. */
    private static String encoding() {
        return System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    }
}
