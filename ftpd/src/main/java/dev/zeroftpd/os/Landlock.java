package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A fence of the kernel around the files that a thread and all threads that it starts later may open, whatever their user
 * may (landlock(7)). One thread, whose fence it becomes; it can't be taken down.
 *
 * <p>A rule is of a directory and all that is beneath it, wherever that is moved; a directory that comes later at the same
 * path is another one. What is open stays open. It doesn't keep from looking at names, nor from changing the mode, owner
 * or times of a file.
 */
public final class Landlock implements AutoCloseable {

    /** The first that lets files be renamed from one directory to another. */
    private static final int FIRST_USEFUL_VERSION = 2;

    private static final long EXECUTE = 1;
    private static final long WRITE_FILE = 1 << 1;
    private static final long READ_FILE = 1 << 2;
    private static final long READ_DIR = 1 << 3;
    private static final long REMOVE_DIR = 1 << 4;
    private static final long REMOVE_FILE = 1 << 5;
    private static final long MAKE_DIR = 1 << 7;
    private static final long MAKE_REG = 1 << 8;
    private static final long MAKE_SOCK = 1 << 9;
    private static final long MAKE_FIFO = 1 << 10;
    private static final long MAKE_SYM = 1 << 12;
    private static final long REFER = 1 << 13;
    private static final long TRUNCATE = 1 << 14;
    private static final long IOCTL_DEV = 1 << 15;

    /** What a version knows: all rights up to a bit. */
    private static final long OF_VERSION_2 = (REFER << 1) - 1;

    private static final long OF_VERSION_3 = (TRUNCATE << 1) - 1;
    private static final int FIRST_WITH_TRUNCATE = 3;
    private static final long OF_VERSION_5 = (IOCTL_DEV << 1) - 1;
    private static final int FIRST_WITH_IOCTL = 5;

    /** The rest means directories only. */
    private static final long OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV;

    private static final long CREATE_RULESET_VERSION = 1;
    private static final long RULE_PATH_BENEATH = 1;
    private static final long SIZE_OF_RULESET = 8;
    private static final long SIZE_OF_RULE = 12;

    private static volatile boolean inForce;

    private final long handled;
    private final Descriptor ruleset;

    private Landlock(long handled, Descriptor ruleset) {
        this.handled = handled;
        this.ruleset = ruleset;
    }

    /** What a rule lets do. */
    public enum Access {
        /** Reading files and directories. */
        READ(READ_FILE | READ_DIR),
        /** Reading which names a directory has, and no file. */
        LIST(READ_DIR),
        /** Reading, and starting programs. */
        RUN(EXECUTE | READ_FILE | READ_DIR),
        /** Reading and changing, moving files about in it and all else that a home needs; making devices is not. */
        CHANGE(READ_FILE
                | READ_DIR
                | WRITE_FILE
                | REMOVE_DIR
                | REMOVE_FILE
                | MAKE_DIR
                | MAKE_REG
                | MAKE_SOCK
                | MAKE_FIFO
                | MAKE_SYM
                | REFER
                | TRUNCATE),
        /** Deleting files. */
        REMOVE(REMOVE_FILE);

        private final long bits;

        Access(long bits) {
            this.bits = bits;
        }
    }

    /** True if this kernel has it, and enough of it for a server of files. */
    public static boolean isSupported() {
        return version() >= FIRST_USEFUL_VERSION;
    }

    /** The kernel's version of it; 0 or less: none. */
    public static long version() {
        if (!SystemCall.isSupported()) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            return SystemCall.LANDLOCK_CREATE_RULESET.call(arena, 0, 0, CREATE_RULESET_VERSION, 0, 0);
        }
    }

    /**
     * True if threads of this process are fenced and that, not its user, keeps it from reading a file or directory.
     * Two system calls more at most; none where there is no fence.
     */
    public static boolean keepsOut(Path path) {
        if (!inForce) {
            return false;
        }
        long opened = LinuxFiles.open(path.toString(), LinuxFiles.O_RDONLY | LinuxFiles.O_NONBLOCK);
        if (opened >= 0) {
            new Descriptor((int) opened).close();
        }
        return opened == -ErrorNumber.EACCES && mayByUser(path);
    }

    /** As access(2) says, which knows nothing of fences. */
    private static boolean mayByUser(Path path) {
        long found = LinuxFiles.open(path.toString(), LinuxFiles.O_PATH);
        if (found < 0) {
            return false;
        }
        try (Descriptor file = new Descriptor((int) found)) {
            return LinuxFiles.access(file, LinuxFiles.R_OK) == 0;
        }
    }

    /** True if threads of this process are fenced. */
    public static boolean isInForce() {
        return inForce;
    }

    /** A fence that lets nothing through yet. */
    public static Landlock create() throws IOException {
        long version = version();
        long handled = version >= FIRST_WITH_IOCTL
                ? OF_VERSION_5
                : version >= FIRST_WITH_TRUNCATE ? OF_VERSION_3 : OF_VERSION_2;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(JAVA_LONG);
            attributes.set(JAVA_LONG, 0, handled);
            long result =
                    SystemCall.LANDLOCK_CREATE_RULESET.call(arena, attributes.address(), SIZE_OF_RULESET, 0, 0, 0);
            if (result < 0) {
                throw new IOException("the kernel makes no set of rules: error number " + -result);
            }
            return new Landlock(handled, new Descriptor((int) result));
        }
    }

    /**
     * Lets a directory and all beneath it through, or one file.
     *
     * @return false if it isn't there, or this process may not even look at it
     */
    public boolean allow(Path path, Access access) throws IOException {
        long opened = LinuxFiles.open(path.toString(), LinuxFiles.O_PATH);
        if (opened < 0) {
            return false;
        }
        try (Descriptor tree = new Descriptor((int) opened)) {
            allow(tree, access);
            return true;
        }
    }

    /** The same for what is open. */
    public void allow(Descriptor tree, Access access) throws IOException {
        boolean directory =
                LinuxFiles.status(tree) instanceof LinuxFiles.Status.Known(FileStatus status) && status.isDirectory();
        long bits = access.bits & handled & (directory ? handled : OF_FILES);
        if (bits == 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rule = arena.allocate(SIZE_OF_RULE, Long.BYTES);
            rule.set(JAVA_LONG, 0, bits);
            rule.set(JAVA_INT, Long.BYTES, tree.number());
            long result =
                    SystemCall.LANDLOCK_ADD_RULE.call(arena, ruleset.number(), RULE_PATH_BENEATH, rule.address(), 0, 0);
            if (result < 0) {
                throw new IOException("the kernel takes no rule: error number " + -result);
            }
        }
    }

    /** Puts up the fence around the calling thread; programs that it starts get no new privileges either. */
    public void confine() throws IOException {
        NewPrivileges.ruleOut();
        try (Arena arena = Arena.ofConfined()) {
            long result = SystemCall.LANDLOCK_RESTRICT_SELF.call(arena, ruleset.number(), 0, 0, 0, 0);
            if (result < 0) {
                throw new IOException("the kernel puts up no fence: error number " + -result);
            }
        }
        inForce = true;
    }

    @Override
    public void close() {
        ruleset.close();
    }
}
