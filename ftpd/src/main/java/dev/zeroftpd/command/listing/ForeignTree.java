package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/**
 * An embedder's own file system to be listed. Threads as {@link ListedTree} says. It returns a directory as one list,
 * so memory grows with the directory.
 */
record ForeignTree(FileSystemView view) implements ListedTree {

    private static final int READABLE = 0444;
    private static final int WRITABLE = 0222;
    private static final int SEARCHABLE = 0111;

    @Override
    public VirtualPath resolve(String name) throws StorageException {
        try {
            String directory = view.getWorkingDirectory().getAbsolutePath();
            return VirtualPath.ROOT.resolve(directory).resolve(name);
        } catch (FtpException e) {
            throw new StorageException(StorageException.Kind.FAILED, "no working directory", e);
        }
    }

    /** There are no broken uploads to append to. */
    @Override
    public ListedTree tellingLengths() {
        return this;
    }

    @Override
    public Metadata metadata(VirtualPath path) throws IOException {
        return metadata(existing(path));
    }

    @Override
    public Metadata listed(VirtualPath path) throws IOException {
        return metadata(path);
    }

    @Override
    public DirectoryListing list(VirtualPath directory) throws IOException {
        FtpFile file = existing(directory);
        if (!file.isDirectory()) {
            throw new StorageException(StorageException.Kind.NOT_A_DIRECTORY, directory + ": not a directory");
        }
        @Nullable List<? extends FtpFile> entries = file.isReadable() ? file.listFiles() : null;
        if (entries == null) {
            throw new StorageException(StorageException.Kind.NOT_PERMITTED, directory + ": permission denied");
        }
        return new Entries(entries.iterator());
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public Set<Permission> allowed(VirtualPath path) {
        try {
            return view.getFile(path.text()).isWritable() ? Permission.ALL : Permission.READ;
        } catch (FtpException unknown) {
            return Permission.READ;
        }
    }

    @Override
    public boolean reveals(VirtualPath path) {
        return true;
    }

    @Override
    public EntryRights rightsIn(VirtualPath directory) {
        Set<Permission> here = allowed(directory);
        return _ -> here;
    }

    private FtpFile existing(VirtualPath path) throws StorageException {
        try {
            FtpFile file = view.getFile(path.text());
            if (file != null && file.doesExist()) {
                return file;
            }
        } catch (FtpException e) {
            throw new StorageException(StorageException.Kind.FAILED, path + ": can't be opened", e);
        }
        throw new StorageException(StorageException.Kind.NOT_FOUND, path + ": no such file or directory");
    }

    private static Metadata metadata(FtpFile file) {
        boolean directory = file.isDirectory();
        return new Metadata(
                directory ? Metadata.Kind.DIRECTORY : file.isFile() ? Metadata.Kind.FILE : Metadata.Kind.OTHER,
                file.getSize(),
                Instant.ofEpochMilli(file.getLastModified()),
                Optional.empty(),
                orDash(file.getOwnerName()),
                orDash(file.getGroupName()),
                (file.isReadable() ? READABLE : 0) | (file.isWritable() ? WRITABLE : 0) | (directory ? SEARCHABLE : 0),
                Math.max(1, file.getLinkCount()),
                0,
                0);
    }

    private static String orDash(@Nullable String name) {
        return name == null ? "-" : name;
    }

    /** What the embedder's directory gave. */
    private record Entries(Iterator<? extends FtpFile> files) implements DirectoryListing {

        @Override
        public Optional<DirectoryEntry> next() {
            if (!files.hasNext()) {
                return Optional.empty();
            }
            FtpFile file = files.next();
            return Optional.of(new DirectoryEntry(file.getName(), metadata(file)));
        }

        @Override
        public void close() {}
    }
}
