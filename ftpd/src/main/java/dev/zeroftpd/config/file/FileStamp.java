package dev.zeroftpd.config.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;

/**
 * What tells one state of a file from another without reading it. Immutable; any thread.
 *
 * @param key the file's identity where the file system has one: an editor that replaces the file changes it
 * @param changed when anything about it changed, where that is known: a file that was copied and could not be read becomes
 *     readable without being modified
 */
public record FileStamp(boolean exists, FileTime modified, long size, Optional<Object> key, Optional<Object> changed) {

    private static final FileStamp NONE =
            new FileStamp(false, FileTime.fromMillis(0), 0, Optional.empty(), Optional.empty());

    /** By hand, as is {@link #hashCode}: what Java makes for a record at its first use costs a resting server more than all its looks. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileStamp stamp
                && exists == stamp.exists
                && size == stamp.size
                && modified.equals(stamp.modified)
                && key.equals(stamp.key)
                && changed.equals(stamp.changed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(exists, modified, size, key, changed);
    }

    /** The file as it is now, symbolic links followed; a file that can't be looked at counts as none. */
    public static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    true,
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    Optional.ofNullable(attributes.fileKey()),
                    changed(file));
        } catch (IOException e) {
            return NONE;
        }
    }

    private static Optional<Object> changed(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Optional.of(Files.getAttribute(file, "unix:ctime"))
                : Optional.empty();
    }
}
