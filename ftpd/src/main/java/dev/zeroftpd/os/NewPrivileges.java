package dev.zeroftpd.os;

import java.io.IOException;
import java.lang.foreign.Arena;

/** Programs that gain privileges when they are started: they are ruled out for good, for a thread and those that it starts. */
final class NewPrivileges {

    private static final long PR_SET_NO_NEW_PRIVS = 38;

    private NewPrivileges() {}

    /** For the calling thread; may be done again. */
    static void ruleOut() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long result = SystemCall.PRCTL.call(arena, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            if (result != 0) {
                throw new IOException("the kernel can't rule out new privileges: error number " + -result);
            }
        }
    }
}
