package dev.zeroftpd.os;

/** The system calls that {@link CallFilter} takes away, by their numbers; -1: the processor's kernel has no such call. */
enum ForbiddenCall {
    // programs
    EXECVE(59, 221),
    EXECVEAT(322, 281),
    USELIB(134, -1),
    // other processes, and this one's memory from outside
    PTRACE(101, 117),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    PIDFD_GETFD(438, 438),
    KCMP(312, 272),
    // file systems and name spaces
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    PIVOT_ROOT(155, 41),
    CHROOT(161, 51),
    MOVE_MOUNT(429, 429),
    OPEN_TREE(428, 428),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSPICK(433, 433),
    MOUNT_SETATTR(442, 442),
    UNSHARE(272, 97),
    SETNS(308, 268),
    OPEN_BY_HANDLE_AT(304, 265),
    MKNOD(133, -1),
    MKNODAT(259, 33),
    SWAPON(167, 224),
    SWAPOFF(168, 225),
    QUOTACTL(179, 60),
    QUOTACTL_FD(443, 443),
    ACCT(163, 89),
    // the kernel itself
    BPF(321, 280),
    PERF_EVENT_OPEN(298, 241),
    USERFAULTFD(323, 282),
    IO_URING_SETUP(425, 425),
    INIT_MODULE(175, 105),
    FINIT_MODULE(313, 273),
    DELETE_MODULE(176, 106),
    KEXEC_LOAD(246, 104),
    KEXEC_FILE_LOAD(320, 294),
    REBOOT(169, 142),
    SYSLOG(103, 116),
    IOPL(172, -1),
    IOPERM(173, -1),
    ADD_KEY(248, 217),
    REQUEST_KEY(249, 218),
    KEYCTL(250, 219),
    // what all programs see
    SETTIMEOFDAY(164, 170),
    CLOCK_SETTIME(227, 112),
    ADJTIMEX(159, 171),
    CLOCK_ADJTIME(305, 266),
    SETHOSTNAME(170, 161),
    SETDOMAINNAME(171, 162);

    private final int numberOnX86;
    private final int numberOnArm;

    ForbiddenCall(int numberOnX86, int numberOnArm) {
        this.numberOnX86 = numberOnX86;
        this.numberOnArm = numberOnArm;
    }

    boolean startsPrograms() {
        return this == EXECVE || this == EXECVEAT;
    }

    int number() {
        return SystemCall.isArm() ? numberOnArm : numberOnX86;
    }
}
