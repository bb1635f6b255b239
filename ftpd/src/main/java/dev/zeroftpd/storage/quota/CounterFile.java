package dev.zeroftpd.storage.quota;

import dev.zeroftpd.os.OwnDirectory;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code quotas} in the directory of the server's state: 64 bytes per home, which the server maps into its memory and
 * changes where they are. Thread-safe; {@link #counter} and {@link #close} may wait for the disk.
 *
 * <p>So counting costs no system call, and a server that is killed leaves the numbers as they were at that moment: the kernel
 * still has the pages. After a power cut they may be older; a mark in the first 64 bytes tells, and then all homes are counted
 * anew. A server that takes over from one that still runs sees the same mark, and the other's lock. Two servers that map it at the same time, the one that drains and its successor, change the same numbers.
 */
public final class CounterFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CounterFile.class);

    /** Of the file. */
    public static final String NAME = "quotas";

    static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** "ZQUOTA01" in this machine's order of bytes: a file of another kind of machine is another file. */
    private static final long MAGIC = 0x5A51_554F_5441_3031L;

    private static final int MARK = 8;

    /** Of a home; the file's beginning takes the first. */
    private static final int SLOT = 64;

    /** A thousand homes each; a multiple of every page size. */
    private static final int SEGMENT = 64 * 1024;

    /** The byte that all servers lock that use the file: far behind its end. */
    private static final long IN_USE = Long.MAX_VALUE - 1;

    private final List<MappedByteBuffer> segments = new ArrayList<>();
    private final Map<Key, Counter> counters = new HashMap<>();
    private final FileChannel file;
    private final long mark = ThreadLocalRandom.current().nextLong() | 1;
    private final boolean endedBadly;

    /** Ends with the process, however that ends. */
    private final Optional<FileLock> using;

    /** Slots before it are taken. */
    private int next = 1;

    /** Which home: the first half of a hash of its name. */
    private record Key(long high, long low) {}

    private CounterFile(FileChannel file) throws IOException {
        this.file = file;
        try (FileLock _ = file.lock(0, IN_USE, false)) {
            mapAll();
            endedBadly = (long) LONGS.getVolatile(segments.getFirst(), MARK) != 0 && !isInUse();
            using = use();
            LONGS.setVolatile(segments.getFirst(), MARK, mark);
        }
        force();
    }

    private boolean isInUse() throws IOException {
        try (FileLock alone = file.tryLock(IN_USE, 1, false)) {
            return alone == null;
        } catch (OverlappingFileLockException byThisProcess) {
            return true;
        }
    }

    /** Empty if this process has that lock already. */
    private Optional<FileLock> use() throws IOException {
        try {
            return Optional.of(file.lock(IN_USE, 1, true));
        } catch (OverlappingFileLockException byThisProcess) {
            return Optional.empty();
        }
    }

    /**
     * Opens the file, or makes it. What can't be understood is put aside.
     *
     * @param directory made if it isn't there
     */
    public static CounterFile open(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        OwnDirectory.make(directory);
        FileChannel file = openFile(path);
        try {
            if (isPutAside(path, file)) {
                file.close();
                file = openFile(path);
            }
            return new CounterFile(file);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /** The same as {@link #forgetAllBut} for no home, where there is such a file. */
    public static void forgetAll(Path directory) throws IOException {
        if (Files.exists(directory.resolve(NAME))) {
            try (CounterFile file = open(directory)) {
                file.forgetAllBut(Set.of());
            }
        }
    }

    private static FileChannel openFile(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Looked at while no other server extends it, which would show a part of a segment. */
    private static boolean isPutAside(Path path, FileChannel file) throws IOException {
        try (FileLock _ = file.lock(0, IN_USE, false)) {
            if (!isStrange(file)) {
                return false;
            }
            Path aside = path.resolveSibling(NAME + ".damaged-" + Instant.now().getEpochSecond());
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("{} can't be understood: it is {} now, and all homes are counted anew", path, aside);
            return true;
        }
    }

    private static boolean isStrange(FileChannel file) throws IOException {
        if (file.size() == 0) {
            return false;
        }
        ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        file.read(first, 0);
        return file.size() % SEGMENT != 0 || first.hasRemaining() || first.getLong(0) != MAGIC;
    }

    /** True if the last server that used it could not close it, and none uses it now. */
    public boolean endedBadly() {
        return endedBadly;
    }

    /**
     * The numbers of one home; all 0 if it is new.
     *
     * @param home its name, the same at every start
     */
    public synchronized Counter counter(String home) throws IOException {
        Key key = key(home);
        Counter known = counters.get(key);
        if (known != null) {
            return known;
        }
        try (FileLock _ = file.lock(0, IN_USE, false)) {
            return allocate(key);
        }
    }

    /**
     * To be called at a start: what happens in other homes is not counted from now on, so their numbers are not to be believed once
     * they are asked for again.
     *
     * @param homes by their names
     */
    public synchronized void forgetAllBut(Set<String> homes) {
        Set<Key> counted = homes.stream().map(CounterFile::key).collect(Collectors.toSet());
        counters.forEach((key, counter) -> {
            if (!counted.contains(key)) {
                counter.forgetCount();
            }
        });
    }

    /** Another server may have taken slots meanwhile. */
    private Counter allocate(Key wanted) throws IOException {
        while (true) {
            if (next == segments.size() * (SEGMENT / SLOT)) {
                extendTo(segments.size() + 1);
            }
            ByteBuffer segment = segments.get(next / (SEGMENT / SLOT));
            int at = next % (SEGMENT / SLOT) * SLOT;
            next++;
            Counter counter = new Counter(segment, at + 2 * Long.BYTES);
            Key found = new Key((long) LONGS.getVolatile(segment, at), (long) LONGS.getVolatile(segment, at + 8));
            if (found.equals(new Key(0, 0))) {
                LONGS.setVolatile(segment, at, wanted.high());
                LONGS.setVolatile(segment, at + Long.BYTES, wanted.low());
                found = wanted;
            }
            counters.put(found, counter);
            if (found.equals(wanted)) {
                return counter;
            }
        }
    }

    private void mapAll() throws IOException {
        extendTo(Math.max(1, Math.toIntExact(file.size() / SEGMENT)));
        int slots = segments.size() * (SEGMENT / SLOT);
        while (next < slots) {
            ByteBuffer segment = segments.get(next / (SEGMENT / SLOT));
            int at = next % (SEGMENT / SLOT) * SLOT;
            Key key = new Key((long) LONGS.getVolatile(segment, at), (long) LONGS.getVolatile(segment, at + 8));
            if (key.equals(new Key(0, 0))) {
                return;
            }
            counters.put(key, new Counter(segment, at + 2 * Long.BYTES));
            next++;
        }
    }

    /** Written first: a mapped page for which the disk has no room would end the process. */
    private void extendTo(int count) throws IOException {
        while (segments.size() < count) {
            long from = (long) segments.size() * SEGMENT;
            if (file.size() < from + SEGMENT) {
                ByteBuffer zeros = ByteBuffer.allocate(SEGMENT).order(ByteOrder.nativeOrder());
                if (segments.isEmpty()) {
                    zeros.putLong(0, MAGIC);
                }
                while (zeros.hasRemaining()) {
                    file.write(zeros, from + zeros.position());
                }
            }
            segments.add(file.map(FileChannel.MapMode.READ_WRITE, from, SEGMENT));
        }
    }

    private static Key key(String home) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(home.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            return new Key(bytes.getLong() | 1, bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns when all numbers are on the disk. */
    public synchronized void force() {
        segments.forEach(MappedByteBuffer::force);
    }

    /** The numbers are kept; they may be changed afterwards too, but then a crash of the machine isn't noticed. */
    @Override
    public void close() throws IOException {
        force();
        LONGS.compareAndSet(segments.getFirst(), MARK, mark, 0L); // a successor may have put its own there
        force();
        if (using.isPresent()) {
            using.get().release();
        }
        file.close();
    }
}
