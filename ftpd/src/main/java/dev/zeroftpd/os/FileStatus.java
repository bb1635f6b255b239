package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.time.Instant;

/**
 * What {@code statx(2)} told about a file. Immutable; any thread.
 *
 * @param typeAndMode {@code st_mode}
 * @param isProtected whether the administrator allows no change of it, or only that bytes are appended (chattr(1))
 * @param changedSeconds when the file was last written to or anything about it changed: no program can set this
 *     time
 * @param createdSeconds 0 if {@code hasCreated} is false
 */
public record FileStatus(
        int typeAndMode,
        boolean isProtected,
        long size,
        long modifiedSeconds,
        int modifiedNanos,
        long changedSeconds,
        int changedNanos,
        boolean hasCreated,
        long createdSeconds,
        int createdNanos,
        int user,
        int group,
        long links,
        long device,
        long inode) {

    /** {@code sizeof(struct statx)}: the same on every processor. */
    static final long BYTES = 256;

    /** STATX_BASIC_STATS | STATX_BTIME. */
    static final int WANTED = 0xfff;

    private static final int STATX_BTIME = 0x800;
    /** STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND. */
    private static final long PROTECTED = 0x10 | 0x20;

    private static final int TYPE_MASK = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int SYMBOLIC_LINK = 0120000;

    /** The offsets are those of {@code struct statx} in the kernel's {@code uapi/linux/stat.h}. */
    static FileStatus read(MemorySegment statx) {
        return new FileStatus(
                statx.get(JAVA_SHORT, 28) & 0xffff,
                (statx.get(JAVA_LONG, 8) & PROTECTED) != 0,
                statx.get(JAVA_LONG, 40),
                statx.get(JAVA_LONG, 112),
                statx.get(JAVA_INT, 120),
                statx.get(JAVA_LONG, 96),
                statx.get(JAVA_INT, 104),
                (statx.get(JAVA_INT, 0) & STATX_BTIME) != 0,
                statx.get(JAVA_LONG, 80),
                statx.get(JAVA_INT, 88),
                statx.get(JAVA_INT, 20),
                statx.get(JAVA_INT, 24),
                statx.get(JAVA_INT, 16) & 0xffffffffL,
                ((long) statx.get(JAVA_INT, 136) << 32) | (statx.get(JAVA_INT, 140) & 0xffffffffL),
                statx.get(JAVA_LONG, 32));
    }

    public boolean isRegular() {
        return (typeAndMode & TYPE_MASK) == REGULAR;
    }

    public boolean isDirectory() {
        return (typeAndMode & TYPE_MASK) == DIRECTORY;
    }

    public boolean isSymbolicLink() {
        return (typeAndMode & TYPE_MASK) == SYMBOLIC_LINK;
    }

    boolean hasSameModificationTime(FileStatus other) {
        return modifiedSeconds == other.modifiedSeconds && modifiedNanos == other.modifiedNanos;
    }

    /**
     * True if the file may have been written to since {@code before}, as far as its times tell. A write sets its
     * modification time to that moment. A time before the last change known then, or after the last change known now,
     * can't come from a write: a program set it.
     */
    public boolean mayHaveBeenWrittenSince(FileStatus before) {
        return !hasSameModificationTime(before)
                && !modified().isBefore(before.changed())
                && !modified().isAfter(changed());
    }

    private Instant modified() {
        return Instant.ofEpochSecond(modifiedSeconds, modifiedNanos);
    }

    private Instant changed() {
        return Instant.ofEpochSecond(changedSeconds, changedNanos);
    }
}
