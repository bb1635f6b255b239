package dev.zeroftpd.storage.provider;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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

    private final Map<FileSystem, Integer> users = new HashMap<>();

    /**
     * The path that a home's URI names, on a file system that stays open until {@link #release}.
     *
     * @param create whether a missing file system (a zip file) is made
     */
    public synchronized Path acquire(URI home, boolean create) throws IOException {
        URI uri = withEntry(home);
        Path path;
        try {
            path = Path.of(uri);
        } catch (FileSystemNotFoundException notOpen) {
            path = open(uri, create);
        }
        users.computeIfPresent(path.getFileSystem(), (fileSystem, count) -> count + 1);
        return path;
    }

    public synchronized void release(Path home) {
        FileSystem fileSystem = home.getFileSystem();
        Integer left = users.computeIfPresent(fileSystem, (ignored, count) -> count - 1);
        if (left != null && left == 0) {
            users.remove(fileSystem);
            try {
                fileSystem.close();
            } catch (IOException failed) {
                LOG.warn("closing the file system of a home failed, changes may be lost: {}", fileSystem, failed);
            }
        }
    }

    private Path open(URI uri, boolean create) throws IOException {
        Map<String, String> environment = create && isZip(uri) ? Map.of("create", "true") : Map.of();
        try {
            users.put(FileSystems.newFileSystem(uri, environment), 0);
        } catch (FileSystemAlreadyExistsException openedMeanwhile) {
            LOG.debug("{} was opened by somebody else meanwhile", uri);
        }
        return Path.of(uri);
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
