package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The system's crypt(3), for the password hashes that only it knows. Loaded when the first is asked for; any thread.
 *
 * <p>Only libxcrypt will do, which has {@code crypt_rn}: the C library's own of old knows neither that function nor yescrypt.
 */
public final class SystemCrypt {

    /** Debian and its like; Fedora, Arch and their like. */
    private static final List<String> LIBRARIES = List.of("libcrypt.so.1", "libcrypt.so.2");

    /** {@code sizeof(struct crypt_data)}. */
    private static final int DATA_BYTES = 32_768;

    /** crypt(3) refuses longer ones. */
    private static final int LONGEST_PASSWORD_BYTES = 511;

    /** {@code CRYPT_OUTPUT_SIZE}. */
    private static final int LONGEST_HASH_BYTES = 384;

    /** Null where there is no such library, or none was looked for. */
    private static volatile @Nullable MethodHandle handle;

    /** Not linked with the class: where memory ran out just then, Java would never try again. */
    private static volatile boolean looked;

    private SystemCrypt() {}

    public static boolean isSupported() {
        return handle() != null;
    }

    /**
     * Hashes a password as {@code setting}, which may be a whole hash, says. A password that is too long takes as long as
     * one that isn't.
     *
     * @return the hash; empty if the password is too long, has a NUL, or the setting can't be used
     */
    public static byte[] crypt(String password, String setting) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        boolean possible = bytes.length <= LONGEST_PASSWORD_BYTES && password.indexOf(0) < 0;
        byte[] hash = hash(possible ? password : "", setting);
        return possible ? hash : new byte[0];
    }

    private static byte[] hash(String password, String setting) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(DATA_BYTES);
            MemorySegment result = (MemorySegment) Objects.requireNonNull(handle())
                    .invokeExact(arena.allocateFrom(password), arena.allocateFrom(setting), data, DATA_BYTES);
            return result.equals(MemorySegment.NULL)
                    ? new byte[0]
                    : result.reinterpret(LONGEST_HASH_BYTES).getString(0).getBytes(StandardCharsets.US_ASCII);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    private static @Nullable MethodHandle handle() {
        if (!looked) {
            handle = link();
            looked = true;
        }
        return handle;
    }

    private static @Nullable MethodHandle link() {
        if (!ErrorText.isLinux()) {
            return null;
        }
        FunctionDescriptor descriptor = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        for (String library : LIBRARIES) {
            try {
                Optional<MemorySegment> found =
                        SymbolLookup.libraryLookup(library, Arena.global()).find("crypt_rn");
                if (found.isPresent()) {
                    return Linker.nativeLinker().downcallHandle(found.get(), descriptor);
                }
            } catch (IllegalArgumentException missing) {
                // The next name.
            }
        }
        return null;
    }
}
