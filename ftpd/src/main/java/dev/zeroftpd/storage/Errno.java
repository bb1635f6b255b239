package dev.zeroftpd.storage;

import dev.zeroftpd.storage.StorageException.Kind;

/** Linux error numbers and what they tell a client. Stateless; any thread. */
final class Errno {

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int EXDEV = 18;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ETXTBSY = 26;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int EDQUOT = 122;

    private Errno() {}

    /** @param result minus an error number, as {@link SystemCall#call} returns it */
    static StorageException exception(long result, VirtualPath path) {
        int errno = (int) -result;
        Kind kind = kind(errno);
        return kind == Kind.FAILED
                ? new StorageException(kind, path + ": failed with error number " + errno)
                : StorageException.of(kind, path);
    }

    private static Kind kind(int errno) {
        return switch (errno) {
            case ENOENT -> Kind.NOT_FOUND;
            case ENOTDIR -> Kind.NOT_A_DIRECTORY;
            case EISDIR -> Kind.NOT_A_FILE;
            case EEXIST -> Kind.EXISTS;
            case ENOTEMPTY -> Kind.NOT_EMPTY;
            // ELOOP is a symbolic link where none is allowed, or a ring of them.
            case EACCES, EPERM, EROFS, ETXTBSY, EBUSY, ELOOP -> Kind.NOT_PERMITTED;
            case ENAMETOOLONG -> Kind.INVALID_NAME;
            case ENOSPC -> Kind.NO_SPACE;
            case EDQUOT -> Kind.QUOTA;
            default -> Kind.FAILED;
        };
    }
}
