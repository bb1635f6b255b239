package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.NearestName;
import dev.zeroftpd.users.name.AccountName;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key of the file taken apart. Immutable; any thread.
 *
 * @param name of the account or the group; may contain dots
 */
record LineKey(boolean ofGroup, String name, Attribute attribute) {

    /** Begins the keys of groups. */
    static final String OF_GROUP = "ftpserver.group.";

    /** A key that means nothing. */
    static final class Misnamed extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String remedy;

        Misnamed(String what, String remedy) {
            super(what);
            this.remedy = remedy;
        }

        /** What to do, in a clause. */
        String remedy() {
            return remedy;
        }
    }

    /** @throws Misnamed if there is no such key */
    static LineKey parse(String key) throws Misnamed {
        boolean ofGroup = key.startsWith(OF_GROUP);
        String prefix = ofGroup ? OF_GROUP : Attribute.OF_USER;
        String rest = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
        int dot = dotBehindName(rest);
        if (dot < 0) {
            throw new Misnamed("unknown key " + key, "accounts look like ftpserver.user.NAME.homedirectory=DIRECTORY");
        }
        String name = rest.substring(0, dot);
        Optional<String> fault = AccountName.faultOf(name);
        if (fault.isPresent()) {
            throw new Misnamed(ofGroup ? fault.get().replace("account", "group") : fault.get(), "rename it");
        }
        Attribute attribute = attribute(key, prefix + name + ".", rest.substring(dot + 1));
        if (ofGroup && !attribute.key().isForGroups()) {
            throw new Misnamed(key + ": a group has no " + attribute.key().attribute(), "write it for each account");
        }
        return new LineKey(ofGroup, name, attribute);
    }

    /** What the name ends at: a path may have dots of its own, a name too. */
    private static int dotBehindName(String rest) {
        if (rest.contains("./")) {
            for (AccountKey key : AccountKey.values()) {
                int path = key.takesPaths() ? rest.indexOf("." + key.attribute() + "./") : -1;
                if (path >= 0) {
                    return path;
                }
            }
        }
        return rest.lastIndexOf('.');
    }

    private static Attribute attribute(String key, String prefix, String text) throws Misnamed {
        try {
            return Attribute.parse(text)
                    .orElseThrow(() -> new Misnamed("unknown attribute in " + key, remedy(key, prefix, text)));
        } catch (IllegalArgumentException e) {
            throw new Misnamed(key + ": " + e.getMessage(), "write an absolute path, as clients see it");
        }
    }

    private static String remedy(String key, String prefix, String attribute) {
        for (AccountKey withPaths : AccountKey.values()) {
            String part = "." + withPaths.attribute() + ".";
            if (withPaths.takesPaths() && key.contains(part)) {
                return "a path begins with /: write " + key.replace(part, part + "/");
            }
        }
        return AccountKey.remedyFor(attribute, prefix);
    }

    /** What to do about a group that isn't there. */
    static String remedyForGroup(String name, Iterable<String> groups) {
        List<String> all = new ArrayList<>();
        groups.forEach(all::add);
        return NearestName.to(name, all)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse(
                        all.isEmpty()
                                ? "write a line for it, such as " + OF_GROUP + name + ".permissions=read"
                                : "write a line for it, or use one of " + String.join(", ", all));
    }
}
