package dev.zeroftpd.operator.socket;

import dev.zeroftpd.os.OwnDirectory;
import dev.zeroftpd.os.ProcessUser;
import dev.zeroftpd.transfer.loop.EventLoop;
import dev.zeroftpd.transfer.loop.ReadyHandler;
import dev.zeroftpd.transfer.loop.Registration;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UNIX domain socket that listens, and its name in the file system: for the server's user alone, and never in the place of
 * one that is answered. One thread at a time.
 */
public final class SocketFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    /** Operators don't come in crowds. */
    private static final int BACKLOG = 16;

    /** What the kernel has room for, without the zero at the end. */
    private static final int LONGEST_NAME = 107;

    private static final long LAST_MOMENTS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int ROOT = 0;

    /** {@code S_IFMT}: the bits of a file's mode that say what it is. */
    private static final int TYPE = 0xf000;

    /** {@code S_IFSOCK}. */
    private static final int SOCKET = 0xc000;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final ServerSocketChannel channel;
    private final UserPrincipal owner;
    private final Object key;
    private Path path;
    private boolean left;

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
    public static SocketFile listen(Path path) throws IOException {
        Path directory = directory(path);
        OwnDirectory.make(directory);
        // before anything is asked, made or removed there: what others may write to could be theirs
        requireOwn(directory);
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
            file.move(path);
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** The binding doesn't look at the name, so it would succeed where no client could ever connect. */
    private static Path directory(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(path + " is a directory, and no socket");
        }
        int length = aside(path).toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_NAME) {
            throw new IOException(path + " is too long: with the process's number behind it, it has " + length
                    + " bytes, and a socket's name has " + LONGEST_NAME + " at most");
        }
        return directory;
    }

    private static void requireOwn(Path directory) throws IOException {
        int owner = (int) Files.getAttribute(directory, "unix:uid");
        if (owner != ROOT && !ProcessUser.is(owner)) {
            throw new IOException("the directory " + directory + " belongs to "
                    + Files.getOwner(directory).getName());
        }
        if (Files.getPosixFilePermissions(directory).stream().anyMatch(OTHERS_WRITE::contains)) {
            throw new IOException("others may write to the directory " + directory);
        }
    }

    /** A server that just ends may break off what it answers; a moment later its name is free. */
    private static void makeWay(Path path) throws IOException {
        long end = System.nanoTime() + LAST_MOMENTS_NANOS;
        boolean done = false;
        while (!done) {
            try {
                askFor(path);
                done = true;
            } catch (EOFException ending) {
                if (System.nanoTime() - end >= 0) {
                    throw ending;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static boolean isFree(Path path) throws IOException {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if ((mode & TYPE) != SOCKET) {
                throw new IOException(path + " is something else than a socket");
            }
            return false;
        } catch (NoSuchFileException free) {
            return true;
        }
    }

    /**
     * What no server answers on is what a killed one left.
     *
     * @throws EOFException if one has ended before it answered
     */
    private static void askFor(Path path) throws IOException {
        if (isFree(path)) {
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
            if (isFree(path)) {
                return; // it has just been taken away
            }
            throw new IOException(path + " can't be connected to: " + foreign.getMessage(), foreign);
        }
    }

    /** Has {@code handler} told on the loop when clients wait. */
    public Registration watch(EventLoop loop, ReadyHandler handler) {
        return loop.register(channel, SelectionKey.OP_ACCEPT, EventLoop.NO_DEADLINE, handler);
    }

    /** The next client, if one waits. */
    public Optional<SocketChannel> accept() throws IOException {
        return Optional.ofNullable(channel.accept());
    }

    /** Whose socket it is: the server's user. */
    public UserPrincipal owner() {
        return owner;
    }

    /** Leaves the name to another server; this one goes on to be reached by {@code NAME.PROCESS}. */
    public synchronized Path moveAside() throws IOException {
        if (isStillOurs()) {
            move(aside(path));
        }
        return path;
    }

    private static Path aside(Path path) {
        return path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid());
    }

    /**
     * Takes the name away while clients that have found it are still answered: once none accepts, a server that starts would
     * find a socket there, and no answer.
     */
    public synchronized void leave() throws IOException {
        if (isStillOurs()) {
            Files.deleteIfExists(path);
        }
        left = true;
    }

    private synchronized void move(Path to) throws IOException {
        Files.move(path, to, StandardCopyOption.ATOMIC_MOVE);
        path = to;
    }

    private boolean isStillOurs() throws IOException {
        return !left && Files.exists(path, LinkOption.NOFOLLOW_LINKS) && key.equals(key(path));
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    @Override
    public synchronized void close() throws IOException {
        leave();
        channel.close();
    }
}
