package dev.zeroftpd.operator;

import dev.zeroftpd.operator.socket.Arrivals;
import dev.zeroftpd.operator.socket.Deadlines;
import dev.zeroftpd.operator.socket.JsonLine;
import dev.zeroftpd.operator.socket.Peer;
import dev.zeroftpd.operator.socket.SocketFile;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.transfer.loop.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control socket of a server: accepts operators, and no other user, and answers what they ask. Any thread; it has a virtual
 * one for each operator, and none while there is no operator.
 *
 * <p>A server serves without it where it can't be had: the log says why.
 */
public final class OperatorSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorSocket.class);

    /** A person has some windows open; a script that forgets to close must not have all threads. */
    private static final int MOST_CLIENTS = 32;

    private final SocketFile file;
    private final Peer peer;
    private final Deadlines deadlines = new Deadlines();
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    private OperatorSocket(SocketFile file) {
        this.file = file;
        this.peer = Peer.of(file.owner());
    }

    /**
     * Has operators wait at {@code path}; empty if that can't be, which the log says: whatever is there, or listens there, keeps
     * no server from starting. Starts no thread.
     */
    public static Optional<OperatorSocket> bind(Path path) {
        try {
            return Optional.of(new OperatorSocket(SocketFile.listen(path)));
        } catch (IOException | RuntimeException e) {
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
            case UnsupportedOperationException _ -> "this system has no socket that could be at " + path;
            default -> path + " can't be used: " + FailureReason.of(e);
        };
    }

    /** Answers operators from now on; {@code loop} watches for them, so that none of our threads waits for one. */
    public void serve(OperatedServer server, EventLoop loop) {
        Arrivals.watch(file, loop, client -> Thread.ofVirtual().name("operator").start(() -> converse(client, server)));
    }

    private void converse(SocketChannel client, OperatedServer server) {
        clients.add(client);
        try (client) {
            Optional<String> refusal = refusal(client);
            if (refusal.isPresent()) {
                turnAway(client, refusal.get());
            } else {
                new Conversation(client, OperatorCommands.of(server, file), deadlines).hold();
            }
        } catch (IOException gone) {
            LOG.debug("An operator's connection ended", gone);
        } finally {
            clients.remove(client);
        }
    }

    private Optional<String> refusal(SocketChannel client) {
        if (clients.size() > MOST_CLIENTS) {
            return Optional.of("too many of the operator's commands run");
        }
        try {
            return peer.isOperator(client)
                    ? Optional.empty()
                    : Optional.of("only " + file.owner().getName() + " and root may ask this server");
        } catch (IOException e) {
            LOG.debug("Whose process it is can't be known", e);
            return Optional.of("this server can't know who asks: " + FailureReason.of(e));
        }
    }

    /** Without waiting: a client that reads nothing must not hold a thread. */
    private static void turnAway(SocketChannel client, String why) throws IOException {
        client.configureBlocking(false);
        String line = JsonLine.of(Conversation.refusal(why, Refused.FAILED)) + "\n";
        client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Takes the socket's name away, for another server to have it; who has found it is answered until {@link #close}. */
    public void leave() {
        try {
            file.leave();
        } catch (IOException e) {
            LOG.warn("The control socket could not be taken away: {}", e.getMessage());
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
