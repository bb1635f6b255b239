package dev.zeroftpd.os;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Finds error numbers behind the C library's messages, because the JDK passes on nothing else. Only whole messages count:
 * one that holds a name may say anything. The C library speaks the language that the process was started in. Any thread.
 */
public final class ErrorText {

    /** The last number of Linux that has a text. */
    private static final int LAST_NUMBER = 133;

    private static final long LONGEST_TEXT_BYTES = 1024;

    /** What the JDK appends to some texts. */
    private static final List<String> APPENDED =
            List.of(" (NOFOLLOW_LINKS specified)", " or unable to access attributes of symbolic link");

    /** For systems whose numbers we don't know: in English, as most of them put it. */
    private static final Map<String, Integer> ENGLISH = Map.ofEntries(
            Map.entry("Broken pipe", ErrorNumber.EPIPE),
            Map.entry("Permission denied", ErrorNumber.EACCES),
            Map.entry("Connection refused", ErrorNumber.ECONNREFUSED),
            Map.entry("No space left on device", ErrorNumber.ENOSPC),
            Map.entry("Disc quota exceeded", ErrorNumber.EDQUOT),
            Map.entry("Disk quota exceeded", ErrorNumber.EDQUOT),
            Map.entry("Operation not permitted", ErrorNumber.EPERM),
            Map.entry("Read-only file system", ErrorNumber.EROFS),
            Map.entry("Too many levels of symbolic links", ErrorNumber.ELOOP),
            Map.entry("Not a directory", ErrorNumber.ENOTDIR),
            Map.entry("Is a directory", ErrorNumber.EISDIR),
            Map.entry("File name too long", ErrorNumber.ENAMETOOLONG),
            Map.entry("File too large", ErrorNumber.EFBIG));

    /** Asked for at the first error, not at start-up; not in a static initialiser, which fails for good if it fails once. */
    private static volatile @Nullable Map<String, Integer> numbers;

    private ErrorText() {}

    /** The error number that an exception tells of; empty if its words are its own. */
    public static OptionalInt number(IOException thrown) {
        return number(reason(thrown));
    }

    /** The same for a text that holds no name. */
    static OptionalInt number(String text) {
        String plain = APPENDED.stream()
                .filter(text::endsWith)
                .findFirst()
                .map(end -> text.substring(0, text.length() - end.length()))
                .orElse(text);
        Integer number = numbers().get(plain);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Why, in the words of the exception; empty if it has none. The message of a FileSystemException is a path. */
    private static String reason(IOException thrown) {
        String reason = thrown instanceof FileSystemException ofFile ? ofFile.getReason() : thrown.getMessage();
        return reason == null ? "" : reason;
    }

    /** True if this process runs on Linux, whose numbers and calls we know. */
    static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> known = numbers;
        if (known == null) {
            known = isLinux() ? asked() : ENGLISH;
            numbers = known;
        }
        return known;
    }

    /** By {@code strerror(3)}, which returns text that stays where it is for the numbers that it knows. */
    private static Map<String, Integer> asked() {
        Linker linker = Linker.nativeLinker();
        MethodHandle strerror = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        Map<String, Integer> texts = new HashMap<>();
        try {
            for (int number = 1; number <= LAST_NUMBER; number++) {
                MemorySegment text = (MemorySegment) strerror.invokeExact(number);
                texts.putIfAbsent(
                        text.reinterpret(LONGEST_TEXT_BYTES).getString(0, Charset.forName(encoding())), number);
            }
        } catch (Throwable impossible) {
            throw new IllegalStateException("strerror failed", impossible);
        }
        return Map.copyOf(texts);
    }

    /** In which the JDK takes the same texts. */
    private static String encoding() {
        return System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    }
}
