package dev.zeroftpd.storage.provider;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.ProviderErrors;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Resolves a virtual path segment by segment, looking at each before the next. Thread-safe.
 *
 * <p>For file systems where the kernel can't do it. What it returns goes through no symbolic link (unless all may be
 * followed), but a local user with access to the home could put one there afterwards.
 */
final class WalkingResolver {

    /** What Linux allows; a ring of links ends here. */
    private static final int MAX_LINKS = 40;

    private final ProviderHome home;
    private final SymlinkPolicy symlinks;

    WalkingResolver(ProviderHome home, SymlinkPolicy symlinks) {
        this.home = home;
        this.symlinks = symlinks;
    }

    /** Where {@code path} leads; the last segment need not exist. */
    Path resolve(VirtualPath path) throws StorageException {
        Walk walk = new Walk(path);
        while (!walk.left.isEmpty()) {
            walk.step();
        }
        return walk.reached;
    }

    /** The path of an entry itself, whether or not it is a link; its directory is resolved. */
    Path resolveEntry(VirtualPath path) throws StorageException {
        if (path.equals(home.top())) {
            throw StorageException.of(Kind.NOT_PERMITTED, path);
        }
        return child(resolve(path.parent()), path.name(), path);
    }

    /** A file system may take a name apart ({@code \} on Windows and in zip files) or not take it at all. */
    private static Path child(Path directory, String name, VirtualPath path) throws StorageException {
        try {
            Path child = directory.resolve(name);
            Path last = child.getFileName();
            boolean oneSegment = (child.getNameCount() == directory.getNameCount() + 1)
                    || (directory.toString().isEmpty() && child.getNameCount() == 1);
            if (oneSegment && last != null && last.toString().equals(name)) {
                return child;
            }
        } catch (InvalidPathException invalid) {
            throw StorageException.of(Kind.INVALID_NAME, path, invalid);
        }
        throw StorageException.of(Kind.INVALID_NAME, path);
    }

    /** One resolution under way. */
    private final class Walk {

        private final VirtualPath path;
        private final Deque<String> left;
        private Path reached;
        private int depth;
        private int links;

        Walk(VirtualPath path) throws StorageException {
            this.path = path;
            this.reached = home.directory();
            this.left = new ArrayDeque<>(path.segmentsBelow(home.top()));
        }

        void step() throws StorageException {
            String segment = left.removeFirst();
            switch (segment) {
                case "", "." -> {}
                case ".." -> ascend();
                default -> descend(child(reached, segment, path));
            }
        }

        private void ascend() throws StorageException {
            Path parent = reached.getParent();
            if (depth == 0 || parent == null) {
                throw StorageException.of(Kind.OUTSIDE_HOME, path);
            }
            reached = parent;
            depth--;
        }

        private void descend(Path next) throws StorageException {
            if (symlinks == SymlinkPolicy.FOLLOW || !Files.isSymbolicLink(next)) {
                reached = next;
                depth++;
                return;
            }
            if (symlinks == SymlinkPolicy.DENY || ++links > MAX_LINKS) {
                throw StorageException.of(Kind.NOT_PERMITTED, path);
            }
            Path target = target(next);
            if (target.isAbsolute()) {
                throw StorageException.of(Kind.OUTSIDE_HOME, path);
            }
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                left.addFirst(target.getName(i).toString());
            }
        }

        private Path target(Path link) throws StorageException {
            try {
                return Files.readSymbolicLink(link);
            } catch (IOException failed) {
                throw ProviderErrors.exception(failed, path);
            }
        }
    }
}
