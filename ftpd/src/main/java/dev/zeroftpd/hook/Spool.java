package dev.zeroftpd.hook;

import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.FailureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps the events that wait on the disk, so that they outlive the process. One thread.
 *
 * <p>A journal of lines: {@code +JSON} for an event that waits, {@code -ID} for one that is done with. Each process has a journal of
 * its own, which it locks; what a process left that isn't there any more is taken over. It isn't synced: a kill loses
 * nothing of it, a power cut may lose the last seconds.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private static final FewLines FAULTS = FewLines.perMinute(LOG, 1);

    private static final String SUFFIX = ".journal";

    /** Below that a journal isn't worth being written anew. */
    private static final long SMALL = 1 << 20;

    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(10);

    private static final FileAttribute<?> OWN_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final FileAttribute<?> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final Supplier<Collection<HookEvent>> live;
    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable FileChannel journal;
    private long size;

    /** Of what waited then: a journal that has become twice as large is written anew, so that each byte is written few times. */
    private long sizeWhenBegun;

    /** Journals that were dealt with, but are still there. */
    private final Set<Path> undeletable = new HashSet<>();

    /** There is no journal that has all that waits. */
    private boolean broken = true;

    private long nextTry = System.nanoTime();

    /** @param live all events that wait now */
    Spool(Path directory, Supplier<Collection<HookEvent>> live) {
        this.directory = directory;
        this.live = live;
    }

    /** A journal that a process has left, locked against others that would take it over too. */
    private record Orphan(Path file, FileChannel channel, Map<String, HookEvent> events) {

        /** By the clock, which may have been set meanwhile: within a journal the order of lines tells more. */
        Instant begun() {
            return events.values().stream().findFirst().map(HookEvent::time).orElse(Instant.MAX);
        }
    }

    /**
     * Takes over what processes have left that ended. The journals of those are deleted once all is in this one's.
     *
     * @param taker gets the events that still wait, those of each process in their order; from then on they are among those that live
     * @return how many
     */
    int adopt(Consumer<HookEvent> taker) {
        flush();
        if (broken) {
            return 0; // they couldn't be kept here
        }
        List<Orphan> orphans = orphans();
        try {
            Map<String, HookEvent> left = new LinkedHashMap<>();
            orphans.stream().sorted(Comparator.comparing(Orphan::begun)).forEach(each -> left.putAll(each.events()));
            // nothing is written before all of it lives: a journal begun anew in between would lack it
            left.values().forEach(event -> {
                add(event);
                taker.accept(event);
            });
            flush();
            if (!broken) {
                orphans.forEach(each -> delete(each.file())); // after a kill before that some are delivered twice
            }
            return left.size();
        } finally {
            orphans.forEach(each -> close(each.channel()));
        }
    }

    private List<Orphan> orphans() {
        List<Orphan> orphans = new ArrayList<>();
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path each : journals) {
                if (!each.equals(file) && !undeletable.contains(each)) {
                    open(each).ifPresent(orphans::add);
                }
            }
        } catch (IOException | DirectoryIteratorException none) {
            LOG.debug("{} has no journals", directory, none);
        }
        return orphans;
    }

    private Optional<Orphan> open(Path orphan) {
        FileChannel channel;
        try {
            channel = FileChannel.open(orphan, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            tellUnreadable(orphan, e);
            return Optional.empty();
        }
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
            if (locked) {
                // through this channel: closing another one of the file would end the lock
                byte[] lines = Channels.newInputStream(channel).readAllBytes();
                return Optional.of(new Orphan(orphan, channel, events(lines)));
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            LOG.debug("{} is another server's of this process", orphan, ofThisProcess);
        } catch (IOException e) {
            tellUnreadable(orphan, e);
            if (locked) {
                moveAside(orphan);
            }
        }
        close(channel); // its server drains, or it can't be read
        return Optional.empty();
    }

    private static void tellUnreadable(Path orphan, IOException e) {
        FAULTS.write(Level.WARN, () -> orphan + " can't be read, so its events are lost: " + FailureReason.of(e));
    }

    /** For people to look at; else it would be tried again each minute. */
    private void moveAside(Path unreadable) {
        try {
            Files.move(unreadable, unreadable.resolveSibling(unreadable.getFileName() + ".unreadable"));
        } catch (IOException e) {
            LOG.debug("{} stays", unreadable, e);
            undeletable.add(unreadable);
        }
    }

    private void delete(Path takenOver) {
        try {
            Files.delete(takenOver);
        } catch (IOException e) {
            LOG.warn("{} was taken over, but can't be deleted: {}", takenOver, FailureReason.of(e));
            undeletable.add(takenOver);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A journal can't be closed", e);
        }
    }

    /** A line that is damaged is lost, no other; the last one of a process that was killed may be cut off. */
    private static Map<String, HookEvent> events(byte[] lines) {
        Map<String, HookEvent> left = new LinkedHashMap<>();
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.startsWith("+")) {
                try {
                    HookEvent event = HookEvent.parse(line.substring(1));
                    left.put(event.id(), event);
                } catch (IOException | RuntimeException e) {
                    LOG.debug("A line of a journal can't be read", e);
                }
            } else if (line.startsWith("-")) {
                left.remove(line.substring(1));
            }
        }
        return left;
    }

    /** Notes an event that waits; written by {@link #flush}. */
    void add(HookEvent event) {
        unwritten.writeBytes(("+" + event.json() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Notes that an event waits no longer. */
    void remove(String id) {
        unwritten.writeBytes(("-" + id + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes what was noted. What can't be written is tried again later, all of it; until then it is in memory only. */
    void flush() {
        FileChannel open = journal;
        if (broken || open == null) {
            beginUnlessTriedJustNow();
            return;
        }
        if (unwritten.size() == 0) {
            return;
        }
        try {
            write(open, unwritten.toByteArray());
            unwritten.reset();
            if (size > SMALL && size > 2 * sizeWhenBegun) {
                begin();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void beginUnlessTriedJustNow() {
        if (System.nanoTime() - nextTry < 0) {
            unwritten.reset(); // begin() writes all that waits
            return;
        }
        try {
            begin();
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Begins a journal with all that waits, and ends the one before. */
    private void begin() throws IOException {
        Files.createDirectories(directory, OWN_DIRECTORY);
        Path begun = directory.resolve(UUID.randomUUID() + SUFFIX);
        FileChannel opened = (FileChannel)
                Files.newByteChannel(begun, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWN_FILE);
        try {
            opened.lock();
            size = 0;
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            live.get().forEach(event -> all.writeBytes(("+" + event.json() + "\n").getBytes(StandardCharsets.UTF_8)));
            write(opened, all.toByteArray());
            sizeWhenBegun = size;
        } catch (IOException | RuntimeException e) {
            opened.close();
            Files.deleteIfExists(begun);
            throw e;
        }
        end();
        unwritten.reset();
        file = begun;
        journal = opened;
        broken = false;
    }

    private void write(FileChannel to, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            size += to.write(buffer);
        }
    }

    private void failed(IOException e) {
        FAULTS.write(
                Level.WARN,
                () -> "Events for hooks are kept in memory only, because " + directory + " can't be written: "
                        + FailureReason.of(e));
        nextTry = System.nanoTime() + BEFORE_ANOTHER_TRY.toNanos();
        unwritten.reset();
        broken = true; // what it has stays until there is another
    }

    private void end() throws IOException {
        FileChannel open = journal;
        Path ended = file;
        journal = null;
        file = null;
        if (open != null && ended != null) {
            Files.deleteIfExists(ended);
            open.close();
        }
    }

    /** Leaves what waits for the next start. */
    @Override
    public void close() {
        flush();
        try {
            if (live.get().isEmpty()) {
                end();
            } else if (journal != null) {
                journal.close();
            }
        } catch (IOException e) {
            LOG.debug("The journal can't be closed", e);
        }
    }
}
