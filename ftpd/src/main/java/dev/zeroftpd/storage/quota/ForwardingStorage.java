package dev.zeroftpd.storage.quota;

import dev.zeroftpd.storage.Access;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Place;
import dev.zeroftpd.storage.Room;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** A home around which something is put: passes everything on. Thread-safe. */
class ForwardingStorage implements Storage {

    private final Storage home;

    ForwardingStorage(Storage home) {
        this.home = home;
    }

    /** Where everything is passed on to. */
    Storage home() {
        return home;
    }

    /** What counts what lies in a storage, as far as that is known now: the same for as long as that is asked of the result. */
    static Storage settled(Storage storage) {
        Storage found = storage;
        while (found instanceof LateLimits late) {
            found = late.home();
        }
        return found;
    }

    /** Empty where nothing is counted. */
    static Optional<HomeUsage> usageOf(Storage settled) {
        return settled instanceof ForwardingStorage forwarding ? forwarding.usage() : Optional.empty();
    }

    /** What is counted here. */
    Optional<HomeUsage> usage() {
        return usageOf(home);
    }

    @Override
    public FileSource openForReading(VirtualPath path) throws IOException {
        return home().openForReading(path);
    }

    @Override
    public WritableFile openForWriting(VirtualPath path, WriteMode mode, long offset) throws IOException {
        return home().openForWriting(path, mode, offset);
    }

    @Override
    public Metadata metadata(VirtualPath path) throws IOException {
        return home().metadata(path);
    }

    @Override
    public Metadata entry(VirtualPath path) throws IOException {
        return home().entry(path);
    }

    @Override
    public Metadata listed(VirtualPath path) throws IOException {
        return home().listed(path);
    }

    @Override
    public boolean isReadOnly(VirtualPath path) {
        return home().isReadOnly(path);
    }

    @Override
    public boolean areTogether(VirtualPath one, VirtualPath other) {
        return home().areTogether(one, other);
    }

    @Override
    public Place place(String ofHome, VirtualPath path) {
        return home().place(ofHome, path);
    }

    @Override
    public boolean isAccessible(VirtualPath path, Access access) {
        return home().isAccessible(path, access);
    }

    @Override
    public void requireWritable(VirtualPath path) throws IOException {
        home().requireWritable(path);
    }

    @Override
    public DirectoryListing list(VirtualPath directory) throws IOException {
        return home().list(directory);
    }

    @Override
    public DirectoryListing list(VirtualPath directory, Predicate<String> wanted) throws IOException {
        return home().list(directory, wanted);
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        home().createDirectory(path);
    }

    @Override
    public void removeDirectory(VirtualPath path) throws IOException {
        home().removeDirectory(path);
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        home().delete(path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws IOException {
        home().rename(from, to);
    }

    @Override
    public void replace(VirtualPath from, VirtualPath to) throws IOException {
        home().replace(from, to);
    }

    @Override
    public void rename(FileIdentity seen, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        home().rename(seen, from, to, replaces);
    }

    @Override
    public void renameInto(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        home().renameInto(other, from, to, replaces);
    }

    @Override
    public void renameFrom(Storage other, VirtualPath from, VirtualPath to, boolean replaces) throws IOException {
        home().renameFrom(other, from, to, replaces);
    }

    @Override
    public boolean inherit(VirtualPath heir, VirtualPath from) throws IOException {
        return home().inherit(heir, from);
    }

    @Override
    public void forceDirectory(VirtualPath directory) throws IOException {
        home().forceDirectory(directory);
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws IOException {
        home().setModified(path, modified);
    }

    @Override
    public void copyAttributes(VirtualPath from, VirtualPath to) throws IOException {
        home().copyAttributes(from, to);
    }

    @Override
    public void setPermissions(VirtualPath path, int mode) throws IOException {
        home().setPermissions(path, mode);
    }

    @Override
    public OptionalInt umask() {
        return home().umask();
    }

    @Override
    public void setUmask(int umask) {
        home().setUmask(umask);
    }

    @Override
    public boolean isLocal() {
        return home().isLocal();
    }

    @Override
    public long usableSpace(VirtualPath path) throws IOException {
        return home().usableSpace(path);
    }

    @Override
    public Optional<Room> room() {
        return home().room();
    }

    /** What is put around a home holds for all of it. */
    @Override
    public Optional<Room> room(VirtualPath path) throws IOException {
        return room();
    }
}
