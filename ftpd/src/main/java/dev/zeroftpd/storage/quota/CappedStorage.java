package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A home in which no file gets longer than the account may upload. Thread-safe. */
public final class CappedStorage extends ForwardingStorage {

    private final LongSupplier most;

    /** @param most bytes of one file, as the account has it now; {@link Room#UNLIMITED} for no limit */
    public CappedStorage(Storage home, LongSupplier most) {
        super(home);
        this.most = most;
    }

    @Override
    public WritableFile openForWriting(VirtualPath path, WriteMode mode, long offset) throws IOException {
        long limit = most.getAsLong();
        if (limit == Room.UNLIMITED) {
            return super.openForWriting(path, mode, offset);
        }
        if (mode == WriteMode.AT_OFFSET) {
            check(path, offset, limit);
        }
        WritableFile opened = super.openForWriting(path, mode, offset);
        try {
            Capped capped = new Capped(opened, path, limit);
            if (mode == WriteMode.APPEND) {
                check(path, capped.channel.length() + 1, limit);
            }
            return capped;
        } catch (IOException | RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    private static void check(VirtualPath path, long length, long limit) throws StorageException {
        if (length > limit) {
            throw StorageException.because(
                    Kind.TOO_LARGE, path, "too large: no upload may have more than " + Room.text(limit));
        }
    }

    @Override
    public Optional<Room> room() {
        long limit = most.getAsLong();
        Optional<Room> room = super.room();
        return limit == Room.UNLIMITED
                ? room
                : Optional.of(room.orElseGet(() -> new Room(0, Room.UNLIMITED, 0, Room.UNLIMITED, limit, true))
                        .withLargestUpload(limit));
    }

    private static final class Capped extends ForwardingFile implements SizedChannel.Growth {

        private final SizedChannel channel;
        private final VirtualPath path;
        private final long limit;

        Capped(WritableFile file, VirtualPath path, long limit) throws IOException {
            super(file);
            this.path = path;
            this.limit = limit;
            this.channel = new SizedChannel(file.channel(), this);
        }

        @Override
        public SeekableByteChannel channel() {
            return channel;
        }

        @Override
        public void requireRoomUpTo(long end) throws StorageException {
            check(path, end, limit);
            super.requireRoomUpTo(end);
        }

        @Override
        public void requireSpace(long offset, long count) throws StorageException {
            check(path, offset + count, limit);
            super.requireSpace(offset, count);
        }

        @Override
        public void ask(long from, long to) throws StorageException {
            check(path, to, limit);
        }

        @Override
        public void correct(long from, long to) {
            // only the longest matters
        }
    }
}
