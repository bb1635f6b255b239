package dev.zeroftpd.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntSupplier;

/** What the process does when it is told to end or to read its configuration again. Stateless; any thread. */
final class Signals {

    private Signals() {}

    /** Runs the task on SIGTERM and SIGINT, then ends the process with the exit code that it returns. */
    static void onTermination(IntSupplier task) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        // The JVM's own exit code would be 143: being told to stop and stopping is no failure.
                        () -> Runtime.getRuntime().halt(task.getAsInt()), "shutdown"));
    }

    /**
     * Runs the task at each SIGHUP, where the system has that signal.
     *
     * <p>By reflection: {@code sun.misc.Signal} is Java's only way to handle signals, and the compiler's warning about
     * that name can't be suppressed.
     */
    static void onHangup(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("handle")) {
                            return method.invoke(task, arguments);
                        }
                        task.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), onSignal);
        } catch (InvocationTargetException e) {
            // Windows has no SIGHUP: the constructor refuses the name.
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException("SIGHUP can't be handled", e);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIGHUP can't be handled", e);
        }
    }
}
