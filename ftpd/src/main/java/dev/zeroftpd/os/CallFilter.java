package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Takes system calls from all threads of this process for good (seccomp(2)): those that start programs, look into other
 * processes, or change the machine. A server of files needs none of them; they fail with EPERM. Stateless; any thread.
 */
public final class CallFilter {

    private static final int SET_MODE_FILTER = 1;
    private static final int FLAG_TSYNC = 1;

    /** Older kernels would slow down all threads with a filter, against programs that run code of others. */
    private static final int FLAG_SPEC_ALLOW = 1 << 2;

    private static final int ALLOW = 0x7fff0000;
    private static final int FAIL_WITH_EPERM = 0x00050000 | ErrorNumber.EPERM;

    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_AT_LEAST = 0x35;
    private static final int RETURN = 0x06;

    private static final int NUMBER_OF_CALL = 0;
    private static final int ARCHITECTURE = 4;

    private static final int AUDIT_ARCH_X86_64 = 0xc000003e;
    private static final int AUDIT_ARCH_AARCH64 = 0xc00000b7;

    /** The calls of x32 programs, which x86-64 kernels may take too, have numbers from here on. */
    private static final int FIRST_OF_X32 = 0x40000000;

    private static final long SIZE_OF_INSTRUCTION = 8;
    private static final long SIZE_OF_PROGRAM = 16;

    private CallFilter() {}

    /** False where the numbers of the calls aren't known. */
    public static boolean isSupported() {
        return SystemCall.isSupported();
    }

    /**
     * Takes them away.
     *
     * @param programs whether this process has programs of its operator to start: then that is not taken
     * @throws IOException if the kernel has no filters, or another part of this process has put up one of its own
     */
    public static void putUp(boolean programs) throws IOException {
        NewPrivileges.ruleOut();
        try (Arena arena = Arena.ofConfined()) {
            Program program = new Program(arena, ForbiddenCall.values().length);
            program.add(LOAD_WORD, 0, 0, ARCHITECTURE);
            program.add(JUMP_IF_EQUAL, 1, 0, SystemCall.isArm() ? AUDIT_ARCH_AARCH64 : AUDIT_ARCH_X86_64);
            program.add(RETURN, 0, 0, FAIL_WITH_EPERM);
            program.add(LOAD_WORD, 0, 0, NUMBER_OF_CALL);
            program.add(JUMP_IF_AT_LEAST, 0, 1, FIRST_OF_X32);
            program.add(RETURN, 0, 0, FAIL_WITH_EPERM);
            for (ForbiddenCall call : ForbiddenCall.values()) {
                if (call.number() >= 0 && !(programs && call.startsPrograms())) {
                    program.add(JUMP_IF_EQUAL, 0, 1, call.number());
                    program.add(RETURN, 0, 0, FAIL_WITH_EPERM);
                }
            }
            program.add(RETURN, 0, 0, ALLOW);
            long result = SystemCall.SECCOMP.call(
                    arena, SET_MODE_FILTER, FLAG_TSYNC | FLAG_SPEC_ALLOW, program.address(), 0, 0);
            if (result != 0) {
                throw new IOException("the kernel takes no filter of system calls: "
                        + (result > 0 ? "a thread has one of its own" : "error number " + -result));
            }
        }
    }

    /** Instructions in the arena, as the kernel takes them ({@code struct sock_filter}). */
    private static final class Program {

        private static final int INSTRUCTIONS_BEFORE_AND_AFTER = 7;

        private final MemorySegment instructions;
        private final MemorySegment header;
        private int count;

        Program(Arena arena, int calls) {
            instructions =
                    arena.allocate((INSTRUCTIONS_BEFORE_AND_AFTER + 2L * calls) * SIZE_OF_INSTRUCTION, Long.BYTES);
            header = arena.allocate(SIZE_OF_PROGRAM, Long.BYTES);
        }

        /** @param ifTrue how many instructions a jump leaves out; {@code ifFalse} too */
        void add(int code, int ifTrue, int ifFalse, int value) {
            long at = count * SIZE_OF_INSTRUCTION;
            instructions.set(JAVA_SHORT, at, (short) code);
            instructions.set(JAVA_BYTE, at + 2, (byte) ifTrue);
            instructions.set(JAVA_BYTE, at + 3, (byte) ifFalse);
            instructions.set(JAVA_INT, at + 4, value);
            count++;
        }

        long address() {
            header.set(JAVA_SHORT, 0, (short) count);
            header.set(ADDRESS, Long.BYTES, instructions);
            return header.address();
        }
    }
}
