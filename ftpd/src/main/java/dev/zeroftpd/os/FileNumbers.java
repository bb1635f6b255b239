package dev.zeroftpd.os;

/**
 * How long a file system keeps the numbers by which a directory is known: that of its device, and its own. Immutable; any
 * thread.
 */
public enum FileNumbers {
    /** As long as the directory exists: most file systems on disks and in memory. */
    LASTING,

    /** Its own; the device gets another number whenever it is mounted: NFS. */
    OF_THE_MOUNT,

    /** Neither: a directory that was not used for a while may come back with another number. */
    PASSING;

    private static final long NFS_SUPER_MAGIC = 0x6969;

    /** Finds out for the file system that an open directory is on. */
    public static FileNumbers of(Descriptor directory) {
        return of(LinuxFiles.fileSystemType(directory) & 0xffffffffL);
    }

    /** Whether the file system that an open directory is on is this machine's, and no program's. */
    public static boolean areLocal(Descriptor directory) {
        long type = LinuxFiles.fileSystemType(directory) & 0xffffffffL;
        return type != NFS_SUPER_MAGIC && !isServedByPrograms(type);
    }

    /** @param type the number of its kind, as in statfs(2) */
    static FileNumbers of(long type) {
        if (type == NFS_SUPER_MAGIC) {
            return OF_THE_MOUNT;
        }
        return isServedByPrograms(type) || isNumberedInMemory(type) ? PASSING : LASTING;
    }

    /** On other machines, or by a program of this one, as it likes: SMB (1 to 3), FUSE, 9P, Ceph, AFS (both), Lustre. */
    private static boolean isServedByPrograms(long type) {
        return type == 0x517bL
                || type == 0xff534d42L
                || type == 0xfe534d42L
                || type == 0x65735546L
                || type == 0x01021997L
                || type == 0x00c36400L
                || type == 0x5346414fL
                || type == 0x6b414653L
                || type == 0x0bd00bd0L;
    }

    /**
     * By the kernel, for as long as it remembers a directory: FAT and exFAT, which have no numbers on the disk; overlays,
     * whose layers may be on several disks; VirtualBox's shared folders.
     */
    private static boolean isNumberedInMemory(long type) {
        return type == 0x4d44L || type == 0x2011bab0L || type == 0x794c7630L || type == 0x786f4256L;
    }
}
