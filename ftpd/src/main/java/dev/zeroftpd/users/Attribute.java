package dev.zeroftpd.users;

import dev.zeroftpd.users.name.GroupPath;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a line says of an account or a group: a key, for some keys of one directory only. Immutable; any thread.
 *
 * @param path of that directory, as clients see it, or with <code>${user}</code> in it; empty where the key is for all of the
 *     account
 */
record Attribute(AccountKey key, Optional<String> path) {

    /** Begins the keys of accounts. */
    static final String OF_USER = "ftpserver.user.";

    /** Those without a path: each account of a file has some of them. */
    private static final Map<AccountKey, Attribute> OF_ACCOUNT = new EnumMap<>(AccountKey.class);

    static {
        for (AccountKey key : AccountKey.values()) {
            OF_ACCOUNT.put(key, new Attribute(key, Optional.empty()));
        }
    }

    /**
     * By hand, as is {@link #hashCode}: what Java makes for a record at its first use takes as long as reading a thousand accounts.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Attribute attribute && key == attribute.key && path.equals(attribute.path);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + path.hashCode();
    }

    static Attribute of(AccountKey key) {
        return Objects.requireNonNull(OF_ACCOUNT.get(key));
    }

    /** The key for a directory; the same as the one without if that is the home itself. */
    static Attribute of(AccountKey key, String path) {
        return path.equals("/") ? of(key) : new Attribute(key, Optional.of(path));
    }

    /**
     * Reads {@code homedirectory} or {@code permissions./incoming}; empty if there is no such attribute.
     *
     * @throws IllegalArgumentException with what is wrong with the path, in a clause
     */
    static Optional<Attribute> parse(String text) {
        if (text.indexOf('.') < 0) {
            return AccountKey.ofAttribute(text).map(Attribute::of);
        }
        for (AccountKey key : AccountKey.values()) {
            if (key.takesPaths() && text.startsWith(key.attribute() + ".")) {
                return Optional.of(
                        of(key, directory(text.substring(key.attribute().length() + 1))));
            }
        }
        return Optional.empty();
    }

    /** The path in its one form: a slash at its end makes no difference. */
    private static String directory(String written) {
        if (!written.startsWith("/")) {
            throw new IllegalArgumentException("the path " + written + " doesn't begin with /");
        }
        String path =
                written.length() > 1 && written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
        boolean odd = Arrays.stream(path.substring(1).split("/", -1))
                .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        if ((path.length() > 1 && odd) || path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the path " + written + " is none that a client can reach");
        }
        return path;
    }

    /** The same for the member of a group. */
    Attribute forMember(String name) {
        return path.filter(GroupPath::isOfMember).isPresent() ? of(key, GroupPath.forMember(path.get(), name)) : this;
    }

    String text() {
        return path.map(directory -> key.attribute() + "." + directory).orElse(key.attribute());
    }

    /** The whole key for one account. */
    String forAccount(String name) {
        return OF_USER + name + "." + text();
    }
}
