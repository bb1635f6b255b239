package dev.zeroftpd.rights;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One thing that an account may be allowed to do with files. Any thread. */
public enum Permission {
    /** See what is in a directory, and of a file its size, time and mode. */
    LIST,
    /** Read what is in a file, also as a hash. */
    DOWNLOAD,
    /** Make new files. */
    UPLOAD,
    /** Put something else in the place of a file, or into its middle. */
    OVERWRITE,
    /** Add to the end of a file that exists. */
    APPEND,
    DELETE,
    /** Give files and directories other names. */
    RENAME,
    MKDIR,
    RMDIR,
    /** Change times and modes. */
    ATTRIBUTES;

    /** Everything. */
    public static final Set<Permission> ALL = Collections.unmodifiableSet(EnumSet.allOf(Permission.class));

    /** What an account without write permission has. */
    public static final Set<Permission> READ = Collections.unmodifiableSet(EnumSet.of(LIST, DOWNLOAD));

    /** Upload only, with nothing seen. */
    static final Set<Permission> DROP = Collections.unmodifiableSet(EnumSet.of(UPLOAD));

    private static final Map<String, Set<Permission>> BY_WORD = byWord();

    /** Words that stand for several permissions, or for none. */
    private enum Several {
        ALL,
        READ,
        DROP,
        NONE;

        Set<Permission> meant() {
            return switch (this) {
                case ALL -> Permission.ALL;
                case READ -> Permission.READ;
                case DROP -> Permission.DROP;
                case NONE -> Set.of();
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static Map<String, Set<Permission>> byWord() {
        Map<String, Set<Permission>> found = new HashMap<>();
        for (Permission permission : values()) {
            found.put(permission.word(), Set.of(permission));
        }
        for (Several several : Several.values()) {
            found.put(several.word(), several.meant());
        }
        return Map.copyOf(found);
    }

    /** As the file of accounts has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Every word that may stand in a list of permissions. */
    public static List<String> words() {
        return Stream.concat(
                        Arrays.stream(values()).map(Permission::word),
                        Arrays.stream(Several.values()).map(Several::word))
                .toList();
    }

    /** What a word stands for, in lower case; empty if it is none. */
    public static Optional<Set<Permission>> meantBy(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** What of these permissions changes nothing. */
    public static Set<Permission> reading(Set<Permission> permissions) {
        return READ.containsAll(permissions)
                ? permissions
                : without(permissions, EnumSet.complementOf(EnumSet.copyOf(READ)));
    }

    /** What is left of permissions without others. */
    public static Set<Permission> without(Set<Permission> permissions, Set<Permission> others) {
        Set<Permission> left = EnumSet.noneOf(Permission.class);
        left.addAll(permissions);
        left.removeAll(others);
        return Collections.unmodifiableSet(left);
    }

    /** The shortest list of words for these permissions. */
    public static String text(Set<Permission> permissions) {
        for (Several several : Several.values()) {
            if (several.meant().equals(permissions)) {
                return several.word();
            }
        }
        return Arrays.stream(values())
                .filter(permissions::contains)
                .map(Permission::word)
                .collect(Collectors.joining(","));
    }
}
