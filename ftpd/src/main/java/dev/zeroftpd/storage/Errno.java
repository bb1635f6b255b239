package dev.zeroftpd.storage;

import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.ErrorText;
import dev.zeroftpd.os.SystemCall;
import dev.zeroftpd.storage.StorageException.Kind;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Linux error numbers and what they tell a client: the one table of them. Stateless; any thread.
 *
 * <p>The kind decides the reply, and so whether the client tries again: a lasting condition is a kind with a 55x, a
 * passing one a kind with a 45x.
 */
public final class Errno {

    /** As many as commands of clients, while a disk or a file server fails. */
    private static final FewLines FAILED =
            FewLines.perMinute(LoggerFactory.getLogger(Errno.class), 20).ready();

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
                    row(
                            ErrorNumber.EPERM,
                            "EPERM",
                            Kind.NOT_PERMITTED,
                            "not permitted; it may be protected against changes"),
                    row(ErrorNumber.ENOENT, "ENOENT", Kind.NOT_FOUND),
                    row(ErrorNumber.EINTR, "EINTR", Kind.FAILED, "interrupted; try again"),
                    row(ErrorNumber.EIO, "EIO", Kind.FAILED, BROKEN),
                    row(ErrorNumber.ENXIO, "ENXIO", Kind.NOT_A_FILE, "no device answers behind that name"),
                    row(ErrorNumber.E2BIG, "E2BIG", Kind.TOO_LARGE, "too long for this file system"),
                    row(
                            ErrorNumber.EAGAIN,
                            "EAGAIN",
                            Kind.IN_USE,
                            "directories on the way are being renamed; try again"),
                    row(ErrorNumber.ENOMEM, "ENOMEM", Kind.FAILED, "the server is out of memory; try again"),
                    row(ErrorNumber.EACCES, "EACCES", Kind.NOT_PERMITTED),
                    row(ErrorNumber.EBUSY, "EBUSY", Kind.IN_USE, "in use by the system, perhaps as a mount point"),
                    row(ErrorNumber.EEXIST, "EEXIST", Kind.EXISTS),
                    row(ErrorNumber.EXDEV, "EXDEV", Kind.ANOTHER_FILE_SYSTEM),
                    row(ErrorNumber.ENODEV, "ENODEV", Kind.NOT_A_FILE, "no device answers behind that name"),
                    row(ErrorNumber.ENOTDIR, "ENOTDIR", Kind.NOT_A_DIRECTORY),
                    row(ErrorNumber.EISDIR, "EISDIR", Kind.NOT_A_FILE, "is a directory"),
                    row(
                            ErrorNumber.EINVAL,
                            "EINVAL",
                            Kind.UNSUPPORTED,
                            "this file system doesn't take that name or value"),
                    row(ErrorNumber.ENFILE, "ENFILE", Kind.FAILED, OUT_OF_DESCRIPTORS),
                    row(ErrorNumber.EMFILE, "EMFILE", Kind.FAILED, OUT_OF_DESCRIPTORS),
                    row(ErrorNumber.ETXTBSY, "ETXTBSY", Kind.IN_USE, "a program that runs"),
                    row(ErrorNumber.EFBIG, "EFBIG", Kind.TOO_LARGE),
                    row(ErrorNumber.ENOSPC, "ENOSPC", Kind.NO_SPACE),
                    row(ErrorNumber.EROFS, "EROFS", Kind.NOT_PERMITTED, "the file system is read-only"),
                    row(
                            ErrorNumber.EMLINK,
                            "EMLINK",
                            Kind.UNSUPPORTED,
                            "this file system allows no more entries there"),
                    row(ErrorNumber.ENAMETOOLONG, "ENAMETOOLONG", Kind.INVALID_NAME, "the name is too long"),
                    row(ErrorNumber.ENOLCK, "ENOLCK", Kind.FAILED, "the storage is out of locks; try again"),
                    row(ErrorNumber.ENOSYS, "ENOSYS", Kind.UNSUPPORTED),
                    row(ErrorNumber.ENOTEMPTY, "ENOTEMPTY", Kind.NOT_EMPTY),
                    row(ErrorNumber.ELOOP, "ELOOP", Kind.NOT_PERMITTED, "a symbolic link on the way is not followed"),
                    row(ErrorNumber.ENODATA, "ENODATA", Kind.UNSUPPORTED),
                    row(ErrorNumber.ENOLINK, "ENOLINK", Kind.FAILED, UNREACHABLE),
                    row(ErrorNumber.EOVERFLOW, "EOVERFLOW", Kind.TOO_LARGE),
                    row(
                            ErrorNumber.EILSEQ,
                            "EILSEQ",
                            Kind.INVALID_NAME,
                            "this file system doesn't take those characters in a name"),
                    row(ErrorNumber.EOPNOTSUPP, "EOPNOTSUPP", Kind.UNSUPPORTED),
                    row(ErrorNumber.ECONNABORTED, "ECONNABORTED", Kind.FAILED, UNREACHABLE),
                    row(ErrorNumber.ECONNRESET, "ECONNRESET", Kind.FAILED, UNREACHABLE),
                    row(ErrorNumber.ENOBUFS, "ENOBUFS", Kind.FAILED, "the server is out of memory; try again"),
                    row(ErrorNumber.ENOTCONN, "ENOTCONN", Kind.FAILED, UNREACHABLE),
                    row(ErrorNumber.ESHUTDOWN, "ESHUTDOWN", Kind.FAILED, UNREACHABLE),
                    row(ErrorNumber.ETIMEDOUT, "ETIMEDOUT", Kind.FAILED, UNREACHABLE),
                    row(ErrorNumber.ECONNREFUSED, "ECONNREFUSED", Kind.FAILED, UNREACHABLE),
                    row(ErrorNumber.EHOSTDOWN, "EHOSTDOWN", Kind.FAILED, UNREACHABLE),
                    row(ErrorNumber.EHOSTUNREACH, "EHOSTUNREACH", Kind.FAILED, UNREACHABLE),
                    row(
                            ErrorNumber.ESTALE,
                            "ESTALE",
                            Kind.FAILED,
                            "no longer what it was on the file server; try again"),
                    row(ErrorNumber.EUCLEAN, "EUCLEAN", Kind.FAILED, BROKEN),
                    row(ErrorNumber.EREMOTEIO, "EREMOTEIO", Kind.FAILED, BROKEN),
                    row(ErrorNumber.EDQUOT, "EDQUOT", Kind.QUOTA),
                    row(ErrorNumber.ENOKEY, "ENOKEY", Kind.NOT_PERMITTED, "encrypted, and the server has no key"))
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

    /** Initialises all of it: at the first failure there may be no memory for that, and it would never work again. */
    public static void prepare() {
        Meaning _ = meaning(0);
    }

    /** Numbers, like failing disks, are for the operator and go to the log; the client gets the sentence. */
    private static StorageException exception(Meaning meaning, String subject) {
        if (meaning.kind() == Kind.FAILED) {
            FAILED.write(
                    Level.WARN,
                    () -> LogText.escape(subject) + ": " + meaning.text() + ", error " + meaning.name() + " ("
                            + meaning.number() + ")");
        }
        return new StorageException(meaning.kind(), subject, meaning.text(), null);
    }

    static Meaning meaning(int errno) {
        return TABLE.getOrDefault(errno, new Meaning(errno, "unknown", Kind.FAILED, UNKNOWN));
    }

    static Collection<Meaning> known() {
        return TABLE.values();
    }

    /** What an exception of the JDK tells; empty if it names no error. */
    static Optional<Meaning> saidBy(IOException thrown) {
        OptionalInt number = ErrorText.number(thrown);
        return number.isPresent() ? Optional.ofNullable(TABLE.get(number.getAsInt())) : Optional.empty();
    }

    private static Meaning row(int number, String name, Kind kind) {
        return row(number, name, kind, kind.text());
    }

    private static Meaning row(int number, String name, Kind kind, String text) {
        return new Meaning(number, name, kind, text);
    }
}
