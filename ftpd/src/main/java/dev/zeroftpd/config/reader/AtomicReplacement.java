package dev.zeroftpd.config.reader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Replaces a file so that readers see either the old or the new content, also after a power cut. Stateless; any thread.
 */
final class AtomicReplacement {

    private AtomicReplacement() {}

    /**
     * Writes beside the file, syncs, and renames over it.
     *
     * @throws IOException if that fails, or the owner can't be kept: then the old file is untouched
     */
    static void write(Path file, byte[] content) throws IOException {
        // The rename must replace the target of a link: configuration is often mounted as links.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new IOException(file + " is not a file");
        }
        // Created with mode 0600, and so that only its maker can read it until the mode is known.
        Path replacement = Files.createTempFile(directory, "." + target.getFileName(), ".new");
        try {
            writeDurably(replacement, content);
            if (Files.exists(target)) {
                keepOwnerAndMode(target, replacement);
            }
            move(replacement, target);
        } finally {
            Files.deleteIfExists(replacement);
        }
        syncDirectory(directory);
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
