package dev.zeroftpd.storage.linux;

import dev.zeroftpd.charset.FileName;
import dev.zeroftpd.os.AccountNames;
import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.FileStatus;
import dev.zeroftpd.os.LinuxFiles;
import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.Errno;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/** A directory of {@link LinuxStorage}, read by {@code getdents64(2)}. Used by one thread at a time. */
final class LinuxDirectoryListing implements DirectoryListing {

    /** As the C library does: some 800 entries a call. */
    private static final int BUFFER_BYTES = 32 * 1024;

    private final LinuxLinks links;
    private final VirtualPath path;
    private final Descriptor directory;
    private final AccountNames accounts;
    private final Predicate<String> wanted;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private Queue<String> names = new ArrayDeque<>();
    private boolean atEnd;
    private final boolean sorted;

    /** Reads ahead as many names as are sorted. */
    LinuxDirectoryListing(
            LinuxLinks links, VirtualPath path, Descriptor directory, AccountNames accounts, Predicate<String> wanted)
            throws IOException {
        this.wanted = wanted;
        this.links = links;
        this.path = path;
        this.directory = directory;
        this.accounts = accounts;
        try {
            while (!atEnd && names.size() <= SORTED_UP_TO) {
                readNames();
            }
        } catch (IOException failed) {
            directory.close();
            throw failed;
        }
        sorted = atEnd && names.size() <= SORTED_UP_TO;
        if (sorted) {
            List<String> sorted = new ArrayList<>(names);
            Collections.sort(sorted);
            names = new ArrayDeque<>(sorted);
        }
    }

    @Override
    public Optional<DirectoryEntry> next() throws IOException {
        while (true) {
            String name = names.poll();
            if (name == null) {
                if (atEnd) {
                    return Optional.empty();
                }
                readNames();
            } else if (LinuxFiles.status(directory, name) instanceof LinuxFiles.Status.Known(FileStatus status)) {
                return Optional.of(new DirectoryEntry(name, metadata(name, status)));
            }
        }
    }

    @Override
    public boolean hasSeenAll() {
        return sorted;
    }

    @Override
    public void close() {
        directory.close();
    }

    private Metadata metadata(String name, FileStatus status) {
        return status.isSymbolicLink()
                ? links.listed(directory, path, name, status)
                : LinuxMetadata.of(status, accounts);
    }

    /** Takes one buffer of {@code struct linux_dirent64}: 8 bytes inode, 8 offset, 2 length, 1 type, name, NUL. */
    private void readNames() throws IOException {
        int end = Math.toIntExact(LinuxFiles.readEntries(directory, buffer));
        if (end < 0) {
            throw Errno.exception(end, path);
        }
        atEnd = end == 0;
        int entry = 0;
        while (entry < end) {
            int length = (buffer[entry + 16] & 0xff) | ((buffer[entry + 17] & 0xff) << 8);
            int start = entry + 19;
            int nul = start;
            while (buffer[nul] != 0) {
                nul++;
            }
            String name = FileName.decode(buffer, start, nul - start);
            if (!name.equals(".") && !name.equals("..") && wanted.test(name)) {
                names.add(name);
            }
            entry += length;
        }
    }
}
