package dev.zeroftpd.users;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.reader.PropertiesFile.Entry;
import dev.zeroftpd.users.name.GroupPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a file of accounts says of groups, for accounts that come later. Immutable; any thread.
 *
 * @param file whose folder relative paths start from
 * @param groups the lines of each by its name, also of those without members
 */
record SharedLines(Path file, Map<String, Map<Attribute, Entry>> groups) {

    SharedLines {
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
    }

    /**
     * The directories in which members of groups have their homes and folders, also members who are not known yet: a path up to the
     * element that has the name of the account in it.
     *
     * @param more another such path
     * @param ofEachAlone whether only paths count that have the name in them
     */
    Set<String> treesOfMembers(Optional<String> more, boolean ofEachAlone) {
        List<String> paths = new ArrayList<>();
        for (Map<Attribute, Entry> lines : groups.values()) {
            lines.forEach((attribute, entry) -> {
                if (attribute.key() == AccountKey.FOLDER) {
                    paths.add(VirtualFolder.directory(entry.value()));
                } else if (attribute.key().isPath()) {
                    paths.add(entry.value().strip());
                }
            });
        }
        more.ifPresent(paths::add);
        return paths.stream()
                .filter(path -> !ofEachAlone || GroupPath.isOfMember(path))
                .flatMap(path -> tree(path).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Empty for what is no directory of this machine. */
    private Optional<String> tree(String path) {
        if (path.isEmpty() || HomeUri.scheme(path).isPresent()) {
            return Optional.empty();
        }
        String fixed = GroupPath.fixedPart(path);
        try {
            return Optional.of(Home.resolve(file, fixed.isEmpty() ? "." : fixed));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // said where the group is read
        }
    }
}
