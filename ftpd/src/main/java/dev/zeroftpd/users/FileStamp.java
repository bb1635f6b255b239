package dev.zeroftpd.users;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells one state of a file from another without reading it. Immutable; any thread.
 *
 * @param key the file's identity where the file system has one: an editor that replaces the file changes it
 */
record FileStamp(boolean exists, FileTime modified, long size, Optional<Object> key) {

    private static final FileStamp NONE = new FileStamp(false, FileTime.fromMillis(0), 0, Optional.empty());

    /** The file as it is now, symbolic links followed; a file that can't be looked at counts as none. */
    static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    true, attributes.lastModifiedTime(), attributes.size(), Optional.ofNullable(attributes.fileKey()));
        } catch (IOException e) {
            return NONE;
        }
    }
}
