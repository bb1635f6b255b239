package dev.zeroftpd.storage.provider;

import dev.zeroftpd.storage.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads metadata from any file system provider, as much as it offers. Stateless; any thread. */
final class ProviderAttributes {

    /** For providers without permissions: all may read, the owner may write. */
    private static final int MODE_OF_FILE = 0644;

    private static final int TYPE_MASK = 0170000;
    private static final int MODE_OF_DIRECTORY = 0755;

    private ProviderAttributes() {}

    static Metadata read(Path file, LinkOption... options) throws IOException {
        Set<String> views = file.getFileSystem().supportedFileAttributeViews();
        if (!views.contains("posix")) {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class, options);
            int mode = basic.isDirectory() ? MODE_OF_DIRECTORY : MODE_OF_FILE;
            return metadata(basic, Metadata.NOBODY, Metadata.NOBODY, mode, new Identity(1, 0, 0));
        }
        PosixFileAttributes posix = Files.readAttributes(file, PosixFileAttributes.class, options);
        Identity identity = views.contains("unix") ? identity(file, options) : new Identity(1, 0, 0);
        int type = posix.isOther() && views.contains("unix") ? type(file, options) : 0;
        return metadata(
                posix, posix.owner().getName(), posix.group().getName(), type | mode(posix.permissions()), identity);
    }

    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & bit(permission)) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        return permissions.stream().mapToInt(ProviderAttributes::bit).sum();
    }

    /** The constants stand in the order of {@code rwxrwxrwx}. */
    @SuppressWarnings("EnumOrdinal")
    private static int bit(PosixFilePermission permission) {
        return 0400 >> permission.ordinal();
    }

    private static Identity identity(Path file, LinkOption... options) throws IOException {
        Map<String, Object> unix = Files.readAttributes(file, "unix:nlink,dev,ino", options);
        return new Identity(number(unix, "nlink"), number(unix, "dev"), number(unix, "ino"));
    }

    /** The bits of {@code st_mode} that tell a device from a pipe. */
    private static int type(Path file, LinkOption... options) throws IOException {
        return (int) number(Files.readAttributes(file, "unix:mode", options), "mode") & TYPE_MASK;
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Metadata metadata(
            BasicFileAttributes basic, String owner, String group, int mode, Identity identity) {
        Metadata.Kind kind = basic.isRegularFile()
                ? Metadata.Kind.FILE
                : basic.isDirectory() ? Metadata.Kind.DIRECTORY : Metadata.Kind.OTHER;
        FileTime created = basic.creationTime();
        return new Metadata(
                kind,
                basic.size(),
                basic.lastModifiedTime().toInstant(),
                created.toMillis() == 0 ? Optional.empty() : Optional.of(created.toInstant()),
                owner,
                group,
                mode,
                identity.links(),
                identity.device(),
                identity.inode());
    }

    private record Identity(long links, long device, long inode) {}
}
