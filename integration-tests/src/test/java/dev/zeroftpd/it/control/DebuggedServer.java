package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InvalidTypeException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A server that the test holds by the JVM's debugger, which can put an error into any of its threads: what an exhausted heap does to whichever
 * thread is the next to need memory. One thread.
 */
record DebuggedServer(ServerProcess server, VirtualMachine machine) implements AutoCloseable {

    private static final int HEAP_MIB = 64;

    /** Until what the server has told is in the queue. */
    private static final int LAST_EVENTS_MILLIS = 500;

    static DebuggedServer start(Path folder) throws Exception {
        ServerProcess.writeConfiguration(folder, ServerOptions.standard());
        ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(each -> each.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("localAddress")).setValue("127.0.0.1");
        String address = connector.startListening(arguments);
        try {
            List<String> command = new ArrayList<>(Checkout.ftpd(
                    HEAP_MIB,
                    List.of(
                            "serve",
                            "--config",
                            folder.resolve("ftpd.properties").toString())));
            String port = address.substring(address.lastIndexOf(':') + 1);
            command.add(1, "-agentlib:jdwp=transport=dt_socket,server=n,suspend=n,address=127.0.0.1:" + port);
            // the server's JVM waits for it before anything else
            FutureTask<VirtualMachine> machine = new FutureTask<>(() -> connector.accept(arguments));
            Thread.ofVirtual().start(machine);
            ServerProcess server = ServerProcess.startCommand(folder, command, 2);
            return new DebuggedServer(server, machine.get());
        } finally {
            connector.stopListening(arguments);
        }
    }

    /** Throws an OutOfMemoryError in each thread of that name, as soon as it does anything. */
    void exhaust(String threads) throws InvalidTypeException, IncompatibleThreadStateException {
        List<ThreadReference> found = machine.allThreads().stream()
                .filter(thread -> thread.name().startsWith(threads))
                .toList();
        assertThat(found).as("threads called %s", threads).isNotEmpty();
        for (ThreadReference thread : found) {
            thread.stop(outOfMemory());
        }
    }

    /** One of those that the JVM makes at its start, to have them when there is no memory for one. */
    private ObjectReference outOfMemory() {
        return machine.classesByName(OutOfMemoryError.class.getName())
                .getFirst()
                .instances(1)
                .getFirst();
    }

    /** Watches what the threads of that name initialise first, of the server and its libraries; call the result for what they did. */
    Callable<Set<String>> initialisedBy(String threads) {
        MethodEntryRequest entries = machine.eventRequestManager().createMethodEntryRequest();
        entries.setSuspendPolicy(EventRequest.SUSPEND_NONE);
        for (String runtime : List.of("java.*", "jdk.*", "sun.*")) {
            entries.addClassExclusionFilter(runtime);
        }
        entries.enable();
        return () -> {
            // what happened before is in the queue when the server has confirmed it
            entries.disable();
            Set<String> classes = new TreeSet<>();
            for (EventSet events = next(); events != null; events = next()) {
                for (Event event : events) {
                    if (event instanceof MethodEntryEvent entry
                            && entry.method().isStaticInitializer()
                            && entry.thread().name().startsWith(threads)) {
                        classes.add(entry.method().declaringType().name());
                    }
                }
            }
            return classes;
        };
    }

    private @Nullable EventSet next() throws InterruptedException {
        return machine.eventQueue().remove(LAST_EVENTS_MILLIS);
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException ended) {
            // with its process
        } finally {
            server.close();
        }
    }
}
