package dev.zeroftpd.storage;

import dev.zeroftpd.os.SystemCall;
import dev.zeroftpd.os.SystemError;
import dev.zeroftpd.storage.StorageException.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Linux error numbers and what they tell a client: the one table of them. Stateless; any thread.
 *
 * <p>The kind decides the reply, and so whether the client tries again: a lasting condition is a kind with a 55x, a
 * passing one a kind with a 45x.
 */
public final class Errno {

    public static final int ENOENT = 2;
    public static final int EAGAIN = 11;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENOTDIR = 20;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int ELOOP = 40;
    public static final int EOPNOTSUPP = 95;
    public static final int EDQUOT = 122;

    private static final Logger LOG = LoggerFactory.getLogger(Errno.class);

    private static final String OUT_OF_DESCRIPTORS = "the server has too many files open; try again";
    private static final String UNREACHABLE = "the storage can't be reached; try again later";
    private static final String BROKEN = "the storage reports an error";
    private static final String UNKNOWN = "the file system refused it for a reason that the server doesn't know";

    /**
     * One error number.
     *
     * @param text short English words for a reply
     */
    record Meaning(int number, String name, Kind kind, String text) {}

    private static final Map<Integer, Meaning> TABLE = Stream.of(
                    row(1, "EPERM", Kind.NOT_PERMITTED, "not permitted; it may be protected against changes"),
                    row(ENOENT, "ENOENT", Kind.NOT_FOUND),
                    row(4, "EINTR", Kind.FAILED, "interrupted; try again"),
                    row(5, "EIO", Kind.FAILED, BROKEN),
                    row(6, "ENXIO", Kind.NOT_A_FILE, "no device answers behind that name"),
                    row(7, "E2BIG", Kind.TOO_LARGE, "too long for this file system"),
                    row(EAGAIN, "EAGAIN", Kind.IN_USE, "directories on the way are being renamed; try again"),
                    row(12, "ENOMEM", Kind.FAILED, "the server is out of memory; try again"),
                    row(13, "EACCES", Kind.NOT_PERMITTED),
                    row(16, "EBUSY", Kind.IN_USE, "in use by the system, perhaps as a mount point"),
                    row(EEXIST, "EEXIST", Kind.EXISTS),
                    row(EXDEV, "EXDEV", Kind.ANOTHER_FILE_SYSTEM),
                    row(19, "ENODEV", Kind.NOT_A_FILE, "no device answers behind that name"),
                    row(ENOTDIR, "ENOTDIR", Kind.NOT_A_DIRECTORY),
                    row(21, "EISDIR", Kind.NOT_A_FILE, "is a directory"),
                    row(EINVAL, "EINVAL", Kind.UNSUPPORTED, "this file system doesn't take that name or value"),
                    row(23, "ENFILE", Kind.FAILED, OUT_OF_DESCRIPTORS),
                    row(24, "EMFILE", Kind.FAILED, OUT_OF_DESCRIPTORS),
                    row(26, "ETXTBSY", Kind.IN_USE, "a program that runs"),
                    row(27, "EFBIG", Kind.TOO_LARGE),
                    row(ENOSPC, "ENOSPC", Kind.NO_SPACE),
                    row(30, "EROFS", Kind.NOT_PERMITTED, "the file system is read-only"),
                    row(31, "EMLINK", Kind.UNSUPPORTED, "this file system allows no more entries there"),
                    row(36, "ENAMETOOLONG", Kind.INVALID_NAME, "the name is too long"),
                    row(37, "ENOLCK", Kind.FAILED, "the storage is out of locks; try again"),
                    row(38, "ENOSYS", Kind.UNSUPPORTED),
                    row(39, "ENOTEMPTY", Kind.NOT_EMPTY),
                    row(ELOOP, "ELOOP", Kind.NOT_PERMITTED, "a symbolic link on the way is not followed"),
                    row(61, "ENODATA", Kind.UNSUPPORTED),
                    row(67, "ENOLINK", Kind.FAILED, UNREACHABLE),
                    row(75, "EOVERFLOW", Kind.TOO_LARGE),
                    row(84, "EILSEQ", Kind.INVALID_NAME, "this file system doesn't take those characters in a name"),
                    row(EOPNOTSUPP, "EOPNOTSUPP", Kind.UNSUPPORTED),
                    row(103, "ECONNABORTED", Kind.FAILED, UNREACHABLE),
                    row(104, "ECONNRESET", Kind.FAILED, UNREACHABLE),
                    row(105, "ENOBUFS", Kind.FAILED, "the server is out of memory; try again"),
                    row(107, "ENOTCONN", Kind.FAILED, UNREACHABLE),
                    row(108, "ESHUTDOWN", Kind.FAILED, UNREACHABLE),
                    row(110, "ETIMEDOUT", Kind.FAILED, UNREACHABLE),
                    row(111, "ECONNREFUSED", Kind.FAILED, UNREACHABLE),
                    row(112, "EHOSTDOWN", Kind.FAILED, UNREACHABLE),
                    row(113, "EHOSTUNREACH", Kind.FAILED, UNREACHABLE),
                    row(116, "ESTALE", Kind.FAILED, "no longer what it was on the file server; try again"),
                    row(117, "EUCLEAN", Kind.FAILED, BROKEN),
                    row(121, "EREMOTEIO", Kind.FAILED, BROKEN),
                    row(EDQUOT, "EDQUOT", Kind.QUOTA),
                    row(126, "ENOKEY", Kind.NOT_PERMITTED, "encrypted, and the server has no key"))
            .collect(Collectors.toUnmodifiableMap(Meaning::number, Function.identity()));

    private Errno() {}

    /**
     * What to tell the client of an error that a path met.
     *
     * @param result minus an error number, as {@link SystemCall#call} returns it
     */
    public static StorageException exception(long result, VirtualPath path) {
        return exception(meaning((int) -result), path.text());
    }

    /** The same for something that has no virtual path. */
    public static StorageException exception(long result, String subject) {
        return exception(meaning((int) -result), subject);
    }

    /** Numbers, like failing disks, are for the operator and go to the log; the client gets the sentence. */
    private static StorageException exception(Meaning meaning, String subject) {
        if (meaning.kind() == Kind.FAILED) {
            LOG.warn("{}: {}, error {} ({})", subject, meaning.text(), meaning.name(), meaning.number());
        }
        return new StorageException(meaning.kind(), subject, meaning.text(), null);
    }

    static Meaning meaning(int errno) {
        return TABLE.getOrDefault(errno, new Meaning(errno, "unknown", Kind.FAILED, UNKNOWN));
    }

    static Collection<Meaning> known() {
        return TABLE.values();
    }

    /** Maps the C library's messages back to errors: for most errors the JDK passes on nothing else. */
    static Optional<Meaning> saidBy(String reason) {
        return Optional.ofNullable(Texts.MEANINGS.get(reason));
    }

    private static Meaning row(int number, String name, Kind kind) {
        return row(number, name, kind, kind.text());
    }

    private static Meaning row(int number, String name, Kind kind, String text) {
        return new Meaning(number, name, kind, text);
    }

    /** Asked for at the first error, not at start-up. */
    private static final class Texts {

        static final Map<String, Meaning> MEANINGS = TABLE.values().stream()
                .flatMap(
                        meaning -> SystemError.textOf(meaning.number()).stream().map(text -> Map.entry(text, meaning)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (first, _) -> first));
    }
}
