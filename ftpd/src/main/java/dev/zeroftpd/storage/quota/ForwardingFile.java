package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.WritableFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/** An open file around which something is put: passes everything on. Used by one thread at a time. */
class ForwardingFile implements WritableFile {

    private final WritableFile file;

    ForwardingFile(WritableFile file) {
        this.file = file;
    }

    @Override
    public SeekableByteChannel channel() {
        return file.channel();
    }

    @Override
    public boolean reserve(long offset, long count) {
        return file.reserve(offset, count);
    }

    @Override
    public void requireSpace(long offset, long count) throws StorageException {
        file.requireSpace(offset, count);
    }

    @Override
    public Optional<String> pathForPrograms() {
        return file.pathForPrograms();
    }

    @Override
    public List<FileIdentity> directoriesAbove() {
        return file.directoriesAbove();
    }

    @Override
    public void requireRoomUpTo(long end) throws StorageException {
        file.requireRoomUpTo(end);
    }

    @Override
    public Optional<FileIdentity> identity() {
        return file.identity();
    }

    @Override
    public void requireNamed() throws StorageException {
        file.requireNamed();
    }

    @Override
    public void finish() throws IOException {
        file.finish();
    }

    @Override
    public void setPermissions(int mode) throws StorageException {
        file.setPermissions(mode);
    }

    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
