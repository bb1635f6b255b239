package dev.zeroftpd.rights;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one account may do at which path: of all directories with permissions of their own that a path is in, the deepest
 * decides. Immutable; any thread.
 *
 * <p>Paths are those that the client sees, absolute and without {@code .} and {@code ..}; they are compared element by element.
 */
public final class Rights {

    /** Everything everywhere. */
    public static final Rights ALL = new Rights(Permission.ALL, Map.of());

    /** What accounts without write permission may do. */
    public static final Rights READ = new Rights(Permission.READ, Map.of());

    private final Set<Permission> elsewhere;
    private final Map<String, Set<Permission>> byPath;

    private Rights(Set<Permission> elsewhere, Map<String, Set<Permission>> byPath) {
        this.elsewhere = elsewhere;
        this.byPath = byPath;
    }

    /**
     * Rights by directory.
     *
     * @param elsewhere what may be done where no directory of {@code byPath} leads to
     * @param byPath for example {@code /incoming}
     */
    public static Rights of(Set<Permission> elsewhere, Map<String, Set<Permission>> byPath) {
        Map<String, Set<Permission>> copies = new TreeMap<>();
        byPath.forEach((path, permissions) -> copies.put(path, copy(permissions)));
        return new Rights(copy(elsewhere), Collections.unmodifiableMap(copies));
    }

    private static Set<Permission> copy(Set<Permission> permissions) {
        return permissions.equals(Permission.ALL)
                ? Permission.ALL
                : Collections.unmodifiableSet(
                        permissions.isEmpty() ? EnumSet.noneOf(Permission.class) : EnumSet.copyOf(permissions));
    }

    /** The same without everything that changes anything. */
    public Rights withoutWriting() {
        Map<String, Set<Permission>> left = new TreeMap<>();
        byPath.forEach((path, permissions) -> left.put(path, reading(permissions)));
        return of(reading(elsewhere), left);
    }

    private static Set<Permission> reading(Set<Permission> permissions) {
        Set<Permission> left = EnumSet.copyOf(Permission.READ);
        left.retainAll(permissions);
        return left;
    }

    /** Everything that is allowed at a path. */
    public Set<Permission> at(String path) {
        if (byPath.isEmpty()) {
            return elsewhere;
        }
        for (String here = path; here.length() > 1; here = parent(here)) {
            Set<Permission> own = byPath.get(here);
            if (own != null) {
                return own;
            }
        }
        return elsewhere;
    }

    /** Whether that is allowed at a path. */
    boolean allow(Permission permission, String path) {
        return at(path).contains(permission);
    }

    /**
     * Whether the account may know that there is a file or directory: it may list it or read it, or list the directory that it
     * is in.
     */
    public boolean reveal(String path) {
        Set<Permission> here = at(path);
        return here.contains(Permission.LIST)
                || here.contains(Permission.DOWNLOAD)
                || allow(Permission.LIST, parent(path));
    }

    /** The directories that have permissions of their own. */
    public Set<String> paths() {
        return byPath.keySet();
    }

    /** Whether directories below this one have permissions of their own. */
    public boolean varyBelow(String path) {
        String prefix = path.length() == 1 ? path : path + "/";
        return byPath.keySet().stream().anyMatch(other -> other.startsWith(prefix) && !other.equals(path));
    }

    /** Whether this path or one below it is written with permissions of its own, which another name would not have. */
    public boolean name(String path) {
        return byPath.containsKey(path) || varyBelow(path);
    }

    /** Whether anything may be changed anywhere. */
    public boolean changeAnything() {
        return changes(elsewhere) || byPath.values().stream().anyMatch(Rights::changes);
    }

    /** Whether nothing is allowed anywhere, as where writing is taken away from an account that may do nothing else. */
    public boolean isNothing() {
        return elsewhere.isEmpty() && byPath.values().stream().allMatch(Set::isEmpty);
    }

    /** Whether anything may be changed at a path. */
    public boolean changeAt(String path) {
        return changes(at(path));
    }

    private static boolean changes(Set<Permission> permissions) {
        return !Permission.READ.containsAll(permissions);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rights rights && rights.elsewhere.equals(elsewhere) && rights.byPath.equals(byPath);
    }

    @Override
    public int hashCode() {
        return 31 * elsewhere.hashCode() + byPath.hashCode();
    }

    /** As the file of accounts has it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Permission.text(elsewhere));
        byPath.forEach(
                (path, permissions) -> text.append(' ').append(path).append('=').append(Permission.text(permissions)));
        return text.toString();
    }
}
