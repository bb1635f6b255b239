package dev.zeroftpd.storage.provider;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file systems of other providers that homes are on. Thread-safe.
 *
 * <p>A file system that is open already is used as it is. One that we open is shared by the sessions that need it and
 * closed after the last of them, because some (zip) write their changes only then. Until then it doesn't see outside
 * changes to its archive.
 */
public final class ProviderFileSystems {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderFileSystems.class);

    /** A file system that is closed again and again while it is opened is broken. */
    private static final int TIMES = 10;

    /** Of those that we opened. */
    private final Map<FileSystem, Hold> holds = new ConcurrentHashMap<>();

    /** A lock for each place that homes are at: one that hangs keeps only those waiting who want to go there. */
    private final Map<String, Object> places = new ConcurrentHashMap<>();

    /** Who uses a file system. Guarded by itself. */
    private static final class Hold {

        private int users;
        private boolean closed;

        /** False once it is closed. */
        synchronized boolean take() {
            if (!closed) {
                users++;
            }
            return !closed;
        }
    }

    /**
     * The path that a home's URI names, on a file system that stays open until {@link #release}. May block in the file system,
     * as long as its provider likes; others that are elsewhere don't wait for it.
     *
     * @param create whether a missing file system (a zip file) is made
     */
    public Path acquire(URI home, boolean create) throws IOException {
        URI uri = withEntry(home);
        synchronized (places.computeIfAbsent(place(uri), _ -> new Object())) {
            for (int i = 0; i < TIMES; i++) {
                Path path = path(uri, create);
                Hold hold = holds.get(path.getFileSystem());
                if (hold == null ? path.getFileSystem().isOpen() : hold.take()) {
                    return path;
                }
            }
        }
        throw new IOException(uri + " is closed as soon as it is open");
    }

    public void release(Path home) {
        FileSystem fileSystem = home.getFileSystem();
        Hold hold = holds.get(fileSystem);
        if (hold == null) {
            return;
        }
        synchronized (hold) { // who wants it meanwhile opens it anew
            hold.users--;
            if (hold.users == 0) {
                hold.closed = true;
                close(fileSystem);
            }
        }
    }

    private void close(FileSystem fileSystem) {
        try {
            fileSystem.close();
        } catch (IOException failed) {
            LOG.warn("closing the file system of a home failed, changes may be lost: {}", fileSystem, failed);
        } finally {
            holds.remove(fileSystem);
        }
    }

    private Path path(URI uri, boolean create) throws IOException {
        try {
            return Path.of(uri);
        } catch (FileSystemNotFoundException notOpen) {
            return open(uri, create);
        }
    }

    private Path open(URI uri, boolean create) throws IOException {
        Map<String, String> environment = create && isZip(uri) ? Map.of("create", "true") : Map.of();
        try {
            FileSystem opened = FileSystems.newFileSystem(uri, environment);
            holds.put(opened, new Hold());
            return pathOn(opened, uri);
        } catch (FileSystemAlreadyExistsException openedMeanwhile) {
            LOG.debug("{} was opened by somebody else meanwhile", uri);
            return Path.of(uri);
        }
    }

    private Path pathOn(FileSystem opened, URI uri) {
        try {
            return Path.of(uri);
        } catch (RuntimeException failed) {
            close(opened);
            throw failed;
        }
    }

    /** The archive, or the machine and the like that a provider goes to. */
    private static String place(URI uri) {
        String text = uri.toString();
        if (isZip(uri)) {
            return text.substring(0, text.indexOf("!/"));
        }
        return uri.getRawAuthority() == null ? text : uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static boolean isZip(URI uri) {
        return "jar".equals(uri.getScheme());
    }

    /** {@code jar:file:///a.zip} means the zip file's root, as its provider wants to see it: {@code …!/}. */
    private static URI withEntry(URI home) {
        String text = home.toString();
        return isZip(home) && !text.contains("!/") ? URI.create(text + "!/") : home;
    }
}
