package dev.zeroftpd.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Replaces a file so that readers see either the old or the new content, also after a power cut. Stateless; any thread.
 */
public final class AtomicReplacement {

    private AtomicReplacement() {}

    /**
     * Replaces a file that people and other processes write too: links stay, and so do owner and mode.
     *
     * @throws IOException if that fails, or the owner can't be kept: then the old file is untouched
     */
    public static void write(Path file, byte[] content) throws IOException {
        // The rename must replace the target of a link: configuration is often mounted as links.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        // Created with mode 0600, so that only its maker can read it until the mode is known.
        Path replacement = Files.createTempFile(parent(target), "." + target.getFileName(), ".new");
        try {
            writeDurably(replacement, content);
            if (Files.exists(target)) {
                keepOwnerAndMode(target, replacement);
            }
            move(replacement, target);
        } finally {
            Files.deleteIfExists(replacement);
        }
    }

    /**
     * Replaces a file that only this process writes, one thread at a time, and only its user may read. What a process that was
     * killed left of it goes.
     *
     * @throws IOException if that fails: then the old file is untouched
     */
    public static void writeOwn(Path file, byte[] content) throws IOException {
        Path replacement = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(replacement);
        Files.createFile(replacement, ownersAlone(replacement));
        try {
            writeDurably(replacement, content);
            move(replacement, file);
        } finally {
            Files.deleteIfExists(replacement);
        }
    }

    private static FileAttribute<?>[] ownersAlone(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                };
    }

    private static Path parent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " is not a file");
        }
        return parent;
    }

    private static void writeDurably(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void keepOwnerAndMode(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes present = view.readAttributes();
        if (!present.owner().equals(wanted.owner())) {
            view.setOwner(wanted.owner());
        }
        if (!present.group().equals(wanted.group())) {
            view.setGroup(wanted.group());
        }
        view.setPermissions(wanted.permissions());
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(to + " can't be replaced in one step on this file system", e);
        }
        syncDirectory(parent(to));
    }

    private static void syncDirectory(Path directory) throws IOException {
        // Windows has no way to open a directory as a channel, and keeps renames in its journal.
        if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
