package dev.zeroftpd.operator;

import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.loop.ReadyHandler;
import dev.zeroftpd.transfer.loop.Registration;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UNIX domain socket that listens, and its name in the file system: for the server's user alone, and never in the place of
 * one that is answered. One thread at a time.
 */
final class SocketFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    /** Operators don't come in crowds. */
    private static final int BACKLOG = 16;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final ServerSocketChannel channel;
    private final UserPrincipal owner;
    private final Object key;
    private Path path;

    private SocketFile(ServerSocketChannel channel, Path path) throws IOException {
        this.channel = channel;
        this.path = path;
        this.owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
        this.key = key(path);
    }

    /**
     * Listens at {@code path}; makes its directory if there is none.
     *
     * @throws IOException saying what is in the way, in words for the operator
     */
    static SocketFile listen(Path path) throws IOException {
        Path directory = Objects.requireNonNull(path.toAbsolutePath().getParent());
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        makeWay(path);
        // a name of its own first, so that no other user ever finds the socket open
        Path temporary = directory.resolve("." + ProcessHandle.current().pid());
        Files.deleteIfExists(temporary);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.bind(UnixDomainSocketAddress.of(temporary), BACKLOG);
            Files.setPosixFilePermissions(temporary, OWNER_ONLY);
            SocketFile file = new SocketFile(channel, temporary);
            file.requireOwn(directory);
            file.move(path);
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private void requireOwn(Path directory) throws IOException {
        UserPrincipal directoryOwner = Files.getOwner(directory);
        boolean ours =
                directoryOwner.equals(owner) || Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"));
        if (!ours) {
            throw new IOException("the directory " + directory + " belongs to " + directoryOwner.getName());
        }
        if (Files.getPosixFilePermissions(directory).stream().anyMatch(OTHERS_WRITE::contains)) {
            throw new IOException("others may write to the directory " + directory);
        }
    }

    /** What no server answers on is what a killed one left. */
    private static void makeWay(Path path) throws IOException {
        try {
            BasicFileAttributes there =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!there.isOther()) {
                throw new IOException(path + " is a file, and no socket");
            }
        } catch (NoSuchFileException free) {
            return;
        }
        try (SocketChannel other = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.configureBlocking(false); // a stopped process must not stop this one
            if (!other.connect(UnixDomainSocketAddress.of(path))) {
                throw new IOException("a process that doesn't answer has " + path);
            }
            HandOver.ask(other, path);
        } catch (ConnectException unanswered) {
            LOG.debug("{} was left by a server that has ended", path, unanswered);
        } catch (SocketException foreign) {
            throw new IOException(path + " can't be connected to: " + foreign.getMessage(), foreign);
        }
    }

    /** Has {@code handler} told on the loop when clients wait. */
    Registration watch(EventLoop loop, ReadyHandler handler) {
        return loop.register(channel, SelectionKey.OP_ACCEPT, EventLoop.NO_DEADLINE, handler);
    }

    /** The next client, if one waits. */
    Optional<SocketChannel> accept() throws IOException {
        return Optional.ofNullable(channel.accept());
    }

    /** Whose socket it is: the server's user. */
    UserPrincipal owner() {
        return owner;
    }

    /** Leaves the name to another server; this one goes on to be reached by {@code NAME.PROCESS}. */
    synchronized Path moveAside() throws IOException {
        Path aside = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid());
        if (isStillOurs()) {
            move(aside);
        }
        return path;
    }

    private synchronized void move(Path to) throws IOException {
        Files.move(path, to, StandardCopyOption.ATOMIC_MOVE);
        path = to;
    }

    private boolean isStillOurs() throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && key.equals(key(path));
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
        if (isStillOurs()) {
            Files.deleteIfExists(path);
        }
    }
}
