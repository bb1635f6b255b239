package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.zeroftpd.charset.FileName;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * File operations relative to an open directory, as Linux offers them. Stateless; any thread.
 *
 * <p>Results are the kernel's: 0 or a descriptor, or minus an error number. The caller makes sure that names are
 * relative; only {@link #openBeneath} accepts more than one segment.
 */
public final class LinuxFiles {

    static final long AT_FDCWD = -100;
    public static final long O_RDONLY = 0;
    public static final long O_WRONLY = 1;
    static final long O_CREAT = 0100;
    static final long O_EXCL = 0200;
    static final long O_NONBLOCK = 04000;
    static final long O_CLOEXEC = 02000000;
    public static final long O_PATH = 010000000;
    public static final long O_DIRECTORY = SystemCall.isArm() ? 040000 : 0200000;
    public static final long O_NOFOLLOW = SystemCall.isArm() ? 0100000 : 0400000;

    public static final long RESOLVE_NO_MAGICLINKS = 0x02;
    public static final long RESOLVE_NO_SYMLINKS = 0x04;
    public static final long RESOLVE_BENEATH = 0x08;

    public static final long R_OK = 4;
    public static final long W_OK = 2;
    public static final long X_OK = 1;

    private static final long AT_SYMLINK_NOFOLLOW = 0x100;
    private static final long AT_REMOVEDIR = 0x200;
    private static final long AT_EMPTY_PATH = 0x1000;
    private static final long AT_STATX_DONT_SYNC = 0x4000;
    private static final long RENAME_NOREPLACE = 1;
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final long SIZE_OF_OPEN_HOW = 24;
    private static final long FALLOC_FL_KEEP_SIZE = 0x01;
    private static final long SIZE_OF_STATFS = 120;
    private static final long EXT4_SUPER_MAGIC = 0xef53;

    /** PATH_MAX: the text of no link is longer. */
    private static final int LONGEST_LINK = 4096;

    /**
     * openat2 says EAGAIN when a directory was renamed while it resolved a path. A client who renames all the time must
     * not keep a thread busy for ever.
     */
    private static final int RESOLVE_ATTEMPTS = 100;

    private LinuxFiles() {}

    /** True if this kernel, and whatever filters its calls, lets us use openat2, and /proc is there to reopen files. */
    public static boolean areUsable() {
        if (!SystemCall.isSupported()) {
            return false;
        }
        long root = open("/", O_PATH | O_DIRECTORY);
        if (root < 0) {
            return false;
        }
        try (Descriptor directory = new Descriptor((int) root)) {
            long found = openBeneath(directory, ".", O_PATH | O_DIRECTORY, RESOLVE_BENEATH);
            if (found < 0) {
                return false;
            }
            try (Descriptor reached = new Descriptor((int) found)) {
                return statx(AT_FDCWD, reached.pathText(), 0) instanceof Status.Known(FileStatus status)
                        && status.isDirectory();
            }
        }
    }

    /** Opens a path of this machine, following links: for homes, which the administrator names. */
    public static long open(String path, long flags) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.OPENAT.call(arena, AT_FDCWD, name(arena, path), flags | O_CLOEXEC, 0, 0);
        }
    }

    /** Opens a relative path of any length as {@code openat2(2)} with {@code resolve} flags does. */
    public static long openBeneath(Descriptor directory, String path, long flags, long resolve) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment how = arena.allocate(SIZE_OF_OPEN_HOW, Long.BYTES);
            how.set(JAVA_LONG, 0, flags | O_CLOEXEC);
            how.set(JAVA_LONG, 16, resolve);
            long address = name(arena, path);
            long result = -ErrorNumber.EAGAIN;
            for (int i = 0; i < RESOLVE_ATTEMPTS && result == -ErrorNumber.EAGAIN; i++) {
                result =
                        SystemCall.OPENAT2.call(arena, directory.number(), address, how.address(), SIZE_OF_OPEN_HOW, 0);
            }
            return result;
        }
    }

    /** Creates a file for writing that must not exist, not even as a dangling link. */
    public static long create(Descriptor directory, String leaf, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            long flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
            return SystemCall.OPENAT.call(arena, directory.number(), name(arena, leaf), flags, mode, 0);
        }
    }

    public static Status status(Descriptor file) {
        return statx(file.number(), "", AT_EMPTY_PATH);
    }

    /** The same for a file that is only to be recognised, by its device and inode: no file server is asked again for that. */
    public static Status identity(Descriptor file) {
        return statx(file.number(), "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC);
    }

    /** The status of a directory's entry; of a symbolic link its own. */
    public static Status status(Descriptor directory, String leaf) {
        return statx(directory.number(), leaf, AT_SYMLINK_NOFOLLOW);
    }

    /** The text of a symbolic link; empty if it can't be read, or if it is no link. */
    public static Optional<String> linkText(Descriptor directory, String leaf) {
        return linkText(directory.number(), leaf);
    }

    /** Where on this machine an open file or directory is. */
    public static Optional<String> realPath(Descriptor file) {
        return linkText(AT_FDCWD, file.pathText());
    }

    /** The same of what has {@code path}: of {@code /proc/PID/fd/N}, what that file is called now. */
    public static Optional<String> linkText(Path path) {
        return linkText(AT_FDCWD, path.toString());
    }

    /** Makes a symbolic link that leads to {@code target}, whose name may have bytes that are no UTF-8, as {@link FileName} has them. */
    public static long symbolicLink(String target, Path link) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.SYMLINKAT.call(arena, name(arena, target), AT_FDCWD, name(arena, link.toString()), 0, 0);
        }
    }

    private static Optional<String> linkText(long directory, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(LONGEST_LINK);
            long length =
                    SystemCall.READLINKAT.call(arena, directory, name(arena, name), buffer.address(), LONGEST_LINK, 0);
            return length > 0
                    ? Optional.of(FileName.decode(buffer.asSlice(0, length).toArray(JAVA_BYTE), 0, (int) length))
                    : Optional.empty();
        }
    }

    /**
     * Reads on in a directory.
     *
     * @return the bytes of entries put into {@code entries}, 0 at the directory's end
     */
    public static long readEntries(Descriptor directory, byte[] entries) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(entries.length, Long.BYTES);
            long read = SystemCall.GETDENTS64.call(arena, directory.number(), buffer.address(), entries.length, 0, 0);
            if (read > 0) {
                MemorySegment.copy(buffer, JAVA_BYTE, 0, entries, 0, (int) read);
            }
            return read;
        }
    }

    public static long createDirectory(Descriptor directory, String leaf, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.MKDIRAT.call(arena, directory.number(), name(arena, leaf), mode, 0, 0);
        }
    }

    public static long removeDirectory(Descriptor directory, String leaf) {
        return unlink(directory, leaf, AT_REMOVEDIR);
    }

    public static long remove(Descriptor directory, String leaf) {
        return unlink(directory, leaf, 0);
    }

    public static long rename(Descriptor from, String fromLeaf, Descriptor to, String toLeaf, boolean mayReplace) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.RENAMEAT2.call(
                    arena,
                    from.number(),
                    name(arena, fromLeaf),
                    to.number(),
                    name(arena, toLeaf),
                    mayReplace ? 0 : RENAME_NOREPLACE);
        }
    }

    public static long setModified(Descriptor file, Instant modified) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment accessedAndModified = arena.allocate(JAVA_LONG, 4);
            accessedAndModified.setAtIndex(JAVA_LONG, 1, UTIME_OMIT);
            accessedAndModified.setAtIndex(JAVA_LONG, 2, modified.getEpochSecond());
            accessedAndModified.setAtIndex(JAVA_LONG, 3, modified.getNano());
            return SystemCall.UTIMENSAT.call(
                    arena, AT_FDCWD, name(arena, file.pathText()), accessedAndModified.address(), 0, 0);
        }
    }

    public static long setPermissions(Descriptor file, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.FCHMODAT.call(arena, AT_FDCWD, name(arena, file.pathText()), mode, 0, 0);
        }
    }

    /** Allocates blocks; the file's size stays. */
    public static long reserve(Descriptor file, long offset, long count) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.FALLOCATE.call(arena, file.number(), FALLOC_FL_KEEP_SIZE, offset, count, 0);
        }
    }

    /** True on ext4: there it was measured, and there {@link #cutBehind} gives back what was not used. */
    public static boolean reservingPays(Descriptor file) {
        return fileSystemType(file) == EXT4_SUPER_MAGIC;
    }

    /** The number that {@code statfs(2)} has for the type of the file system; 0 if it can't be known. */
    static long fileSystemType(Descriptor file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(SIZE_OF_STATFS, Long.BYTES);
            long result = SystemCall.FSTATFS.call(arena, file.number(), buffer.address(), 0, 0, 0);
            return result == 0 ? buffer.get(JAVA_LONG, 0) : 0;
        }
    }

    /** Frees the blocks behind a size, also behind the size that the file has. */
    public static long cutBehind(Descriptor file, long size) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.FTRUNCATE.call(arena, file.number(), size, 0, 0, 0);
        }
    }

    /**
     * 0 if the server's process may do that.
     *
     * @param wanted {@link #R_OK}, {@link #W_OK} or {@link #X_OK}
     */
    public static long access(Descriptor file, long wanted) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.FACCESSAT.call(arena, AT_FDCWD, name(arena, file.pathText()), wanted, 0, 0);
        }
    }

    private static Status statx(long directory, String name, long flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(FileStatus.BYTES, Long.BYTES);
            long result = SystemCall.STATX.call(
                    arena, directory, name(arena, name), flags, FileStatus.WANTED, buffer.address());
            return result == 0 ? new Status.Known(FileStatus.read(buffer)) : new Status.Unknown(result);
        }
    }

    private static long unlink(Descriptor directory, String leaf, long flags) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.UNLINKAT.call(arena, directory.number(), name(arena, leaf), flags, 0, 0);
        }
    }

    /**
     * Changes the owner; clears setuid and setgid.
     *
     * @param user -1 to leave it as it is
     * @param group the same
     */
    public static long setOwner(Descriptor file, int user, int group) {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.FCHOWNAT.call(
                    arena, AT_FDCWD, name(arena, file.pathText()), user & 0xffffffffL, group & 0xffffffffL, 0);
        }
    }

    /** A name as the kernel takes it: its bytes and a zero, in {@code arena}. */
    static long name(Arena arena, String text) {
        byte[] bytes = FileName.encode(text);
        MemorySegment name = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, name, JAVA_BYTE, 0, bytes.length);
        return name.address();
    }

    /** A file's status, or why it couldn't be read. */
    public sealed interface Status {
        /** It could be read. */
        record Known(FileStatus file) implements Status {}

        /**
         * It couldn't.
         *
         * @param result minus the error number
         */
        record Unknown(long result) implements Status {}
    }
}
