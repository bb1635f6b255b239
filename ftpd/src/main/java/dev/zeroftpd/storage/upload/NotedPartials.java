package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.DirectoryEntry;
import dev.zeroftpd.storage.DirectoryListing;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Collects the partials of one owner while a directory is read. Used by one thread at a time. */
final class NotedPartials {

    /**
     * Most in one directory: their names are kept in memory. Those beyond are not listed; SIZE still finds them.
     */
    static final int MOST = 1000;

    private final PartialFiles partials;
    private final VirtualPath directory;
    private final Map<String, List<Noted>> byName = new HashMap<>();
    private int count;
    private boolean complete;

    /** Partials of all owners. */
    private int seen;

    NotedPartials(PartialFiles partials, VirtualPath directory) {
        this.partials = partials;
        this.directory = directory;
    }

    private record Noted(VirtualPath partial, PartialName.Parsed parsed) {}

    /** Notes a name if it is a partial of this owner. True if it is a name that clients may see. */
    boolean isVisible(String name) {
        if (!HiddenName.isPartial(name)) {
            return true;
        }
        seen++;
        if (!complete && count < MOST) {
            PartialName.parse(name)
                    .filter(parsed -> parsed.owner().equals(partials.owner().digest()))
                    .ifPresent(parsed -> note(name, parsed));
        }
        return false;
    }

    private void note(String name, PartialName.Parsed parsed) {
        count++;
        byName.computeIfAbsent(parsed.shortened(), ignored -> new ArrayList<>(1))
                .add(new Noted(directory.child(name), parsed));
    }

    /** Reads all names of the directory. A large one has not shown them all before its first entry. */
    void noteAll() throws IOException {
        PartialPlace place = partials.place();
        Metadata before = place.storage().metadata(directory);
        if (seen == 0 && place.context().partialFree().contains(before)) {
            return;
        }
        byName.clear();
        count = 0;
        seen = 0;
        try (DirectoryListing names = place.storage().list(directory, name -> {
            isVisible(name);
            return false;
        })) {
            names.next();
        }
        complete = true;
        if (seen == 0) {
            place.context().partialFree().add(before, place.context().clock().instant());
        }
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /**
     * The files that don't exist yet, as far as their names are known, in their order. To be asked once, before the entries.
     */
    NavigableMap<String, Metadata> newFiles() throws IOException {
        NavigableMap<String, Metadata> files = new TreeMap<>();
        for (List<Noted> noted : byName.values()) {
            for (Noted one : noted) {
                Optional<String> name = one.parsed().name();
                boolean ofNewFile = one.parsed().state().equals(FileState.ABSENT);
                Optional<Metadata> left =
                        name.isPresent() && ofNewFile ? partials.shown(one.partial()) : Optional.empty();
                if (left.isPresent()) {
                    files.put(name.get(), left.get());
                }
            }
        }
        return files;
    }

    /** What is left of a broken upload that was to replace {@code file}; removes those that were to replace what it was before. */
    Optional<Metadata> leftOf(DirectoryEntry file) throws IOException {
        if (!file.metadata().isFile() || byName.isEmpty()) {
            return Optional.empty();
        }
        List<Noted> noted = byName.getOrDefault(PartialName.shortened(file.name()), List.of());
        Optional<Metadata> left = Optional.empty();
        for (Noted one : noted) {
            if (one.parsed().state().equals(FileState.of(file.metadata()))) {
                left = partials.shown(one.partial());
            } else {
                partials.remove(one.partial());
            }
        }
        return left;
    }
}
