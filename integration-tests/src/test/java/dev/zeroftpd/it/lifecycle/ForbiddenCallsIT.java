package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ConfinedThreads;
import dev.zeroftpd.it.support.Fence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls that no thread of a server gets through to the kernel. Where the tests run as root the kernel itself would refuse few of
 * them with this error, so that each one that is let through is noticed.
 */
@Tag("attack")
class ForbiddenCallsIT {

    private static final int EPERM = 1;

    /** Their numbers on x86-64 and on 64-bit ARM; -1: that kernel has none. */
    private static final String CALLS = """
        execve 59 221
        execveat 322 281
        uselib 134 -1
        ptrace 101 117
        process_vm_readv 310 270
        process_vm_writev 311 271
        pidfd_getfd 438 438
        kcmp 312 272
        mount 165 40
        umount2 166 39
        pivot_root 155 41
        chroot 161 51
        move_mount 429 429
        open_tree 428 428
        fsopen 430 430
        fsconfig 431 431
        fsmount 432 432
        fspick 433 433
        mount_setattr 442 442
        unshare 272 97
        setns 308 268
        open_by_handle_at 304 265
        mknod 133 -1
        mknodat 259 33
        swapon 167 224
        swapoff 168 225
        quotactl 179 60
        quotactl_fd 443 443
        acct 163 89
        bpf 321 280
        perf_event_open 298 241
        userfaultfd 323 282
        io_uring_setup 425 425
        init_module 175 105
        finit_module 313 273
        delete_module 176 106
        kexec_load 246 104
        kexec_file_load 320 294
        reboot 169 142
        syslog 103 116
        iopl 172 -1
        ioperm 173 -1
        add_key 248 217
        request_key 249 218
        keyctl 250 219
        settimeofday 164 170
        clock_settime 227 112
        adjtimex 159 171
        clock_adjtime 305 266
        sethostname 170 161
        setdomainname 171 162
        """;

    @TempDir
    private Path folder;

    @Test
    void noneReachesTheKernel() throws IOException {
        Fence.require(folder);
        int column = System.getProperty("os.arch").equals("aarch64") ? 2 : 1;
        List<String> arguments = new ArrayList<>(List.of("--calls"));
        List<String> expected = new ArrayList<>();
        CALLS.lines()
                .map(line -> line.split(" ", -1)[column])
                .filter(number -> !number.equals("-1"))
                .forEach(number -> {
                    arguments.add(number);
                    expected.add(number + ": error " + EPERM);
                });

        Command tried = ConfinedThreads.run(folder, arguments).expectExit(0);

        assertThat(tried.output().lines()).containsExactlyElementsOf(expected);
    }
}
