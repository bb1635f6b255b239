package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The names of the machine's users and groups by number, remembered, because a look-up may go over the network and a
 * listing needs one for each entry. Thread-safe.
 */
public final class AccountNames {

    /** Numbers to remember; an archive with more owners than this starts over. */
    private static final int CAPACITY = 4096;

    /** What {@code sysconf(_SC_GETGR_R_SIZE_MAX)} suggests is 1 KiB; a group with many members needs more. */
    private static final int RECORD_BYTES = 64 * 1024;

    /** More than {@code sizeof} {@code struct passwd} and {@code struct group}; in both, the name comes first. */
    private static final int STRUCT_BYTES = 256;

    private static final AddressLayout TEXT =
            ValueLayout.ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(RECORD_BYTES, ValueLayout.JAVA_BYTE));

    /** Linked at the first listing, not at start-up; not in a static initialiser, which fails for good if it fails once. */
    private volatile @Nullable Lookups lookups;

    private final ConcurrentHashMap<Integer, String> users = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, String> groups = new ConcurrentHashMap<>();

    private record Lookups(MethodHandle user, MethodHandle group) {}

    public String user(int number) {
        return name(users, lookups().user(), number);
    }

    public String group(int number) {
        return name(groups, lookups().group(), number);
    }

    /** Two listings that come first at once link them twice, which does no harm. */
    private Lookups lookups() {
        @Nullable Lookups known = lookups;
        if (known == null) {
            known = new Lookups(link("getpwuid_r"), link("getgrgid_r"));
            lookups = known;
        }
        return known;
    }

    private static String name(ConcurrentHashMap<Integer, String> known, MethodHandle lookup, int number) {
        String name = known.get(number);
        if (name != null) {
            return name;
        }
        if (known.size() >= CAPACITY) {
            known.clear();
        }
        String found = look(lookup, number);
        known.put(number, found);
        return found;
    }

    private static String look(MethodHandle lookup, int number) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(ADDRESS);
            MemorySegment struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
            MemorySegment text = arena.allocate(RECORD_BYTES);
            int error = (int) lookup.invokeExact(number, struct, text, (long) RECORD_BYTES, found);
            boolean unknown = error != 0 || found.get(ADDRESS, 0).address() == 0;
            return unknown
                    ? Integer.toUnsignedString(number)
                    : struct.get(TEXT, 0).getString(0);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    private static MethodHandle link(String function) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    }
}
