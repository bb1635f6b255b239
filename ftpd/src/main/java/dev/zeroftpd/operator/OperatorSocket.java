package dev.zeroftpd.operator;

import dev.zeroftpd.ops.FewLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The control socket of a server: accepts operators, and no other user, and answers what they ask. Any thread; it has one that
 * accepts, and a virtual one for each operator.
 *
 * <p>A server serves without it where it can't be had: the log says why.
 */
public final class OperatorSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorSocket.class);

    private static final FewLines UNACCEPTED = FewLines.perMinute(LOG, 2);

    /** A person has some windows open; a script that forgets to close must not have all threads. */
    private static final int MOST_CLIENTS = 32;

    /** Time for others to free descriptors or memory. */
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SocketFile file;
    private final Deadlines deadlines = new Deadlines();
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    private OperatorSocket(SocketFile file) {
        this.file = file;
    }

    /** Has operators wait at {@code path}; empty if that can't be, which the log says. Starts no thread. */
    public static Optional<OperatorSocket> bind(Path path) {
        try {
            return Optional.of(new OperatorSocket(SocketFile.listen(path)));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn(
                    "ftpd status, who, kick and the like can't reach this server, because {}: set control.socket to a"
                            + " path of its own, in a directory that only this user may write",
                    reason(path, e));
            return Optional.empty();
        }
    }

    private static String reason(Path path, Exception e) {
        return switch (e) {
            case FileSystemException file
            when file.getFile() != null ->
                file.getFile() + " can't be made"
                        + (file instanceof AccessDeniedException ? " (permission denied)" : "");
            case IOException _ -> String.valueOf(e.getMessage());
            default -> "this system has no socket that could be at " + path;
        };
    }

    /** Answers operators from now on. */
    public void serve(OperatedServer server) {
        Thread.ofPlatform().daemon().name("control-socket").start(() -> acceptAll(server));
    }

    private void acceptAll(OperatedServer server) {
        while (file.isOpen()) {
            try {
                admit(file.accept(), server);
            } catch (ClosedChannelException ended) {
                LOG.debug("The control socket is closed", ended);
            } catch (IOException | Error e) {
                UNACCEPTED.write(Level.WARN, () -> "An operator's connection can't be accepted: " + e);
                LockSupport.parkNanos(this, BREATH_NANOS);
            }
        }
    }

    private void admit(SocketChannel client, OperatedServer server) throws IOException {
        clients.add(client);
        if (clients.size() > MOST_CLIENTS) {
            turnAway(client, "too many of the operator's commands run");
        } else if (!Peer.isOperator(client, file.owner())) {
            turnAway(client, "only " + file.owner().getName() + " and root may ask this server");
        } else {
            Thread.ofVirtual().name("operator").start(() -> converse(client, server));
        }
    }

    private void turnAway(SocketChannel client, String why) throws IOException {
        try (client) {
            client.configureBlocking(false);
            String line = JsonLine.of(Conversation.refusal(why, Refused.FAILED)) + "\n";
            client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        } finally {
            clients.remove(client);
        }
    }

    private void converse(SocketChannel client, OperatedServer server) {
        try (client) {
            new Conversation(client, OperatorCommands.of(server, file), deadlines).hold();
        } catch (IOException gone) {
            LOG.debug("An operator's connection ended", gone);
        } finally {
            clients.remove(client);
        }
    }

    /** Ends all connections and takes the socket away. */
    @Override
    public void close() {
        try {
            file.close();
            for (SocketChannel client : clients) {
                client.close();
            }
        } catch (IOException e) {
            LOG.warn("The control socket could not be taken away: {}", e.getMessage());
        }
    }
}
