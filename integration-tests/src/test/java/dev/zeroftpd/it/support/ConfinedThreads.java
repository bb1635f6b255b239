package dev.zeroftpd.it.support;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.server.privilege.LeastPrivilege;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Gives up what a server gives up, then tries from threads of all kinds what it must not be able to. A program of its own:
 * its arguments are a configuration, a file outside and one inside; each line that it prints is a kind of thread and what it
 * could do. Or a configuration, {@code --calls} and numbers of system calls; then each line is a number and the error number of that call.
 */
public final class ConfinedThreads {

    /** No address, descriptor, process, set of flags or size. */
    private static final long NOTHING = -1;

    private final Path outside;
    private final Path inside;

    private ConfinedThreads(Path outside, Path inside) {
        this.outside = outside;
        this.inside = inside;
    }

    /** Runs it with the configuration in {@code folder}. */
    public static Command run(Path folder, List<String> others) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Checkout.JAVA.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Checkout.JAR + ":" + System.getProperty("java.class.path"),
                ConfinedThreads.class.getName(),
                folder.resolve("ftpd.properties").toString()));
        command.addAll(others);
        return Command.run(folder, command.toArray(new String[0]));
    }

    public static void main(String[] arguments) throws Exception {
        LoadedSettings loaded = SettingsLoader.load(SettingsSources.ofFile(Path.of(arguments[0])));
        Accounts accounts = Accounts.read(loaded.settings().users().file());
        LeastPrivilege privilege = LeastPrivilege.of(loaded);
        privilege.becomeUser();
        privilege.confine(accounts);
        if (arguments[1].equals("--calls")) {
            tryCalls(List.of(arguments).subList(2, arguments.length));
        } else {
            new ConfinedThreads(Path.of(arguments[1]), Path.of(arguments[2])).tryAll();
        }
    }

    /** With arguments that no call takes: one that the kernel let through would do nothing. */
    private static void tryCalls(List<String> numbers) {
        Linker linker = Linker.nativeLinker();
        MemoryLayout state = Linker.Option.captureStateLayout();
        FunctionDescriptor descriptor =
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        MethodHandle syscall = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                descriptor,
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment captured = arena.allocate(state);
            for (String number : numbers) {
                long result = (long) syscall.invokeExact(
                        captured, Long.parseLong(number), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
                int error = captured.get(JAVA_INT, state.byteOffset(MemoryLayout.PathElement.groupElement("errno")));
                print(number, result == -1 ? "error " + error : "result " + result);
            }
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    private void tryAll() throws Exception {
        print("starting", attempt());
        print("platform", on(task -> Thread.ofPlatform().start(task)));
        print("virtual", on(task -> Thread.ofVirtual().start(task)));
        print("common pool", on(ForkJoinPool.commonPool()));
        print("delayed", on(CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)));
        print("timer", timer());
    }

    private static void print(String thread, String result) {
        System.out.println(thread + ": " + result);
    }

    private String on(Executor executor) throws InterruptedException, ExecutionException {
        FutureTask<String> task = new FutureTask<>(this::attempt);
        executor.execute(task);
        return task.get();
    }

    private String timer() throws InterruptedException, ExecutionException {
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            return timer.schedule((Callable<String>) this::attempt, 1, TimeUnit.MILLISECONDS)
                    .get();
        }
    }

    private String attempt() {
        return done("read inside", () -> Files.readString(inside))
                + done("write inside", () -> Files.createTempFile(inside.getParent(), "new", ""))
                + done("read outside", () -> Files.readString(outside))
                + done("list outside", () -> neighbours(outside))
                + done("write outside", () -> Files.writeString(outside, "changed"))
                + done("create outside", () -> Files.createFile(outside.resolveSibling("new")))
                + done("delete outside", () -> Files.deleteIfExists(outside))
                + done("start a program", () -> new ProcessBuilder("/bin/true").start());
    }

    private static long neighbours(Path file) throws IOException {
        try (Stream<Path> names = Files.list(file.resolveSibling("."))) {
            return names.count();
        }
    }

    private static String done(String what, Callable<?> attempt) {
        try {
            attempt.call();
            return what + ", ";
        } catch (IOException refused) {
            return "";
        } catch (Exception e) {
            return what + " failed otherwise: " + e + ", ";
        }
    }
}
