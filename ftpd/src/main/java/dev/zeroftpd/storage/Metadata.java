package dev.zeroftpd.storage;

import dev.zeroftpd.charset.FileName;
import java.time.Instant;
import java.util.Optional;

/**
 * What one read of a file's status told. Immutable; any thread.
 *
 * @param size bytes; of a directory whatever the file system says
 * @param created where the file system knows it
 * @param owner a name, or the number as text where the number has no name
 * @param group like {@code owner}
 * @param mode POSIX permission bits, 0 to 07777; of {@link Kind#OTHER} also the bits that tell its type, where known
 * @param links hard links, at least 1
 * @param device with {@code inode} identifies the file on this machine; both 0 where unknown
 * @param link where a {@link Kind#LINK} leads; empty for everything else
 */
public record Metadata(
        Kind kind,
        long size,
        Instant modified,
        Optional<Instant> created,
        String owner,
        String group,
        int mode,
        long links,
        long device,
        long inode,
        Optional<LinkTarget> link) {

    private static final int PERMISSIONS = 07777;

    /** Owner and group of files of file systems that know none. */
    public static final String NOBODY = "ftp";

    /**
     * A virtual folder that can't be reached: a directory without any permission. It goes on being listed, since a client that
     * mirrors must not take it for deleted.
     */
    public static final Metadata UNREACHABLE =
            new Metadata(Kind.DIRECTORY, 0, Instant.EPOCH, Optional.empty(), NOBODY, NOBODY, 0, 1, 0, 0);

    /** The metadata of something that is no {@link Kind#LINK}. */
    public Metadata(
            Kind kind,
            long size,
            Instant modified,
            Optional<Instant> created,
            String owner,
            String group,
            int mode,
            long links,
            long device,
            long inode) {
        this(kind, size, modified, created, owner, group, mode, links, device, inode, Optional.empty());
    }

    /** The same for a symbolic link to {@code target}; its size is that of the text shown. */
    public Metadata leadingTo(LinkTarget target) {
        long shown = target.text().map(text -> FileName.encode(text).length).orElse(0);
        return new Metadata(
                Kind.LINK, shown, modified, created, owner, group, mode, links, device, inode, Optional.of(target));
    }

    /** The same of what may be used with other permissions, 0 to 07777. */
    public Metadata withMode(int shown) {
        return new Metadata(kind, size, modified, created, owner, group, shown, links, device, inode, link);
    }

    /** The same for a link that is listed as what it leads to, and leads nowhere; its length would tell that of the target. */
    public Metadata leadingNowhere() {
        return new Metadata(Kind.OTHER, 0, modified, created, owner, group, mode & PERMISSIONS, links, device, inode);
    }

    /** What a path leads to, or what an entry of a directory is itself. */
    public enum Kind {
        FILE,
        DIRECTORY,
        /** A symbolic link itself, where it was not to be followed. */
        LINK,
        /** A device, socket, pipe; where links are listed as what they lead to, one that leads nowhere or must not be followed. */
        OTHER
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    public boolean isLink() {
        return kind == Kind.LINK;
    }

    /** True if {@link #device} and {@link #inode} mean something. */
    public boolean hasIdentity() {
        return inode != 0;
    }
}
