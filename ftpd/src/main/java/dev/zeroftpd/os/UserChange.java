package dev.zeroftpd.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.zeroftpd.os.UserDatabase.User;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * Makes this process another user for good. One thread, once.
 *
 * <p>By the C library's functions, not by system calls: the kernel changes one thread, the C library all of them. What the
 * kernel then says of each thread decides whether it worked.
 *
 * <p>The kernel also makes such a process unreadable for others of the same user (it is no longer "dumpable"): they can
 * neither attach a debugger nor read its memory, in which there are keys. It stays so.
 */
public final class UserChange {

    private static final int ROOT = 0;
    private static final int UNCHANGED = -1;

    private static final MemoryLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final long ERRNO = CAPTURED.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private final User user;
    private final int group;

    /**
     * A change that {@link #carryOut} makes.
     *
     * @param group the process's group, beside those that the user is a member of
     */
    public UserChange(User user, int group) {
        this.user = user;
        this.group = group;
    }

    /**
     * Becomes it.
     *
     * @throws IOException if a thread isn't that user now, or could be root again: then the process must end
     */
    public void carryOut() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle initgroups = link(linker, "initgroups", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
            FunctionDescriptor three = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
            MethodHandle setGroups = link(linker, "setresgid", three);
            MethodHandle setUsers = link(linker, "setresuid", three);
            MemorySegment error = arena.allocate(CAPTURED);
            MemorySegment name = arena.allocateFrom(user.name());
            require("its groups", error, (int) initgroups.invokeExact(error, name, group));
            require("its group", error, (int) setGroups.invokeExact(error, group, group, group));
            int number = user.number();
            require("its user", error, (int) setUsers.invokeExact(error, number, number, number));
            NewPrivileges.ruleOut();
            if ((int) setUsers.invokeExact(error, UNCHANGED, ROOT, UNCHANGED) == 0
                    || (group != ROOT && (int) setGroups.invokeExact(error, UNCHANGED, ROOT, UNCHANGED) == 0)) {
                throw new IOException("the process could become root again");
            }
        } catch (IOException | RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
        requireAllThreads();
    }

    private static MethodHandle link(Linker linker, String function, FunctionDescriptor descriptor) {
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function), descriptor, Linker.Option.captureCallState("errno"));
    }

    private void require(String what, MemorySegment error, int result) throws IOException {
        if (result != 0) {
            throw new IOException("the system refuses to change " + what + " to those of " + user.name()
                    + ": error number " + error.get(JAVA_INT, ERRNO));
        }
    }

    private void requireAllThreads() throws IOException {
        List<ThreadRights> threads = ThreadRights.ofAll();
        String further = threads.getFirst().further();
        for (ThreadRights thread : threads) {
            boolean changed = thread.users().stream().allMatch(number -> number == user.number())
                    && thread.groups().stream().allMatch(number -> number == group)
                    && thread.further().equals(further)
                    && thread.capabilities() == 0;
            if (!changed) {
                throw new IOException("the thread " + thread.name() + " kept rights that it should have lost");
            }
        }
    }
}
