package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassType;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InvalidTypeException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
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
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * A server that the test holds by the JVM's debugger, which can put an error into any of its threads: what an exhausted heap does to whichever
 * thread is the next to need memory. One thread.
 */
record DebuggedServer(ServerProcess server, VirtualMachine machine) implements AutoCloseable {

    private static final int HEAP_MIB = 64;

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

    /** Classes of the server and its libraries that have been initialised, without those that the JVM makes of lambda expressions. */
    Set<String> initialized() {
        return machine.allClasses().stream()
                .filter(ClassType.class::isInstance)
                .filter(ReferenceType::isInitialized)
                .map(ReferenceType::name)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
                .filter(name -> !name.contains("/0x"))
                .collect(Collectors.toCollection(TreeSet::new));
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
