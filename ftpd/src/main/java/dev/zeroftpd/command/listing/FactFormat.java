package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.LinkTarget;
import dev.zeroftpd.storage.Metadata;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Facts and a name, as RFC 3659, section 7.2, has it. Used by one thread. */
public final class FactFormat implements LineFormat {

    private static final int PERMISSIONS = 07777;

    private final Set<Fact> chosen;
    private final CivilDate dates = new CivilDate(0);

    public FactFormat(Set<Fact> facts) {
        chosen = facts.isEmpty() ? EnumSet.noneOf(Fact.class) : EnumSet.copyOf(facts);
    }

    @Override
    public void add(ListingText out, String name, Metadata metadata, Set<Permission> allowed) throws IOException {
        if (tells(out, Fact.TYPE)) {
            out.add(type(name, metadata));
            addTarget(out, metadata);
            out.add(';');
        }
        Metadata read = leadsTo(metadata).orElse(metadata);
        boolean hasSize = !read.isDirectory() && !read.isLink();
        if (hasSize && tells(out, Fact.SIZE)) {
            out.addRight(read.size(), 0);
            out.add(';');
        }
        if (tells(out, Fact.MODIFY)) {
            dates.addForPrograms(out, read.modified().getEpochSecond());
            out.add(';');
        }
        Optional<Instant> created = metadata.created();
        if (created.isPresent() && tells(out, Fact.CREATE)) {
            dates.addForPrograms(out, created.get().getEpochSecond());
            out.add(';');
        }
        if (tells(out, Fact.PERM)) {
            out.add(permissions(metadata, allowed));
            out.add(';');
        }
        if (metadata.hasIdentity() && tells(out, Fact.UNIQUE)) {
            out.add(Long.toHexString(metadata.device()));
            out.add('g');
            out.add(Long.toHexString(metadata.inode()));
            out.add(';');
        }
        addUnixFacts(out, metadata);
        out.add(' ');
        out.addName(name);
        out.endLine();
    }

    /** The file that RETR, SIZE and MDTM would reach. */
    private static Optional<Metadata> leadsTo(Metadata metadata) {
        return metadata.link().flatMap(LinkTarget::leadsTo);
    }

    /** As in the examples of RFC 3659, section 7.7.4; a text that would end the fact, or all facts, is left out. */
    private static void addTarget(ListingText out, Metadata metadata) throws IOException {
        Optional<String> target = metadata.link()
                .flatMap(LinkTarget::text)
                .filter(text -> text.chars().noneMatch(FactFormat::endsFact));
        if (target.isPresent()) {
            out.add(':');
            out.addName(target.get());
        }
    }

    private static boolean endsFact(int character) {
        return character == ';' || character <= ' ' || character == 0x7f;
    }

    private void addUnixFacts(ListingText out, Metadata metadata) throws IOException {
        if (tells(out, Fact.UNIX_MODE)) {
            int mode = metadata.mode() & PERMISSIONS;
            for (int shift = 9; shift >= 0; shift -= 3) {
                out.add((char) ('0' + (mode >> shift & 7)));
            }
            out.add(';');
        }
        if (tells(out, Fact.UNIX_OWNER)) {
            addValue(out, metadata.owner());
        }
        if (tells(out, Fact.UNIX_GROUP)) {
            addValue(out, metadata.group());
        }
    }

    /** A value ends at a semicolon, and the facts at a blank. */
    private static void addValue(ListingText out, String value) throws IOException {
        out.addPrintableName(value.replace(';', '_').replace(' ', '_'));
        out.add(';');
    }

    /** If the fact was chosen, begins it. */
    private boolean tells(ListingText out, Fact fact) throws IOException {
        if (!chosen.contains(fact)) {
            return false;
        }
        out.add(fact.label());
        out.add('=');
        return true;
    }

    private static String type(String name, Metadata metadata) {
        return switch (metadata.kind()) {
            case FILE -> "file";
            case DIRECTORY -> name.equals(".") ? "cdir" : name.equals("..") ? "pdir" : "dir";
            case LINK -> "OS.unix=slink";
            case OTHER -> "OS.unix=special";
        };
    }

    /** What the account may do, by the letters of RFC 3659, section 7.5.5; the file system may still refuse. */
    private static String permissions(Metadata metadata, Set<Permission> allowed) {
        if (metadata.equals(Metadata.UNREACHABLE)) {
            return ""; // it can't even be entered
        }
        return switch (metadata.kind()) {
            case FILE ->
                letter('a', allowed, Permission.APPEND)
                        + letter('d', allowed, Permission.DELETE)
                        + letter('f', allowed, Permission.RENAME)
                        + letter('r', allowed, Permission.DOWNLOAD)
                        + letter('w', allowed, Permission.OVERWRITE);
            case DIRECTORY ->
                letter('c', allowed, Permission.UPLOAD)
                        + letter('d', allowed, Permission.RMDIR)
                        + "e"
                        + letter('f', allowed, Permission.RENAME)
                        + letter('l', allowed, Permission.LIST)
                        + letter('m', allowed, Permission.MKDIR)
                        + letter('p', allowed, Permission.DELETE, Permission.RMDIR);
            case LINK -> ofEntry(allowed) + permissionsBehind(metadata, allowed);
            case OTHER -> ofEntry(allowed);
        };
    }

    private static String ofEntry(Set<Permission> allowed) {
        return letter('d', allowed, Permission.DELETE) + letter('f', allowed, Permission.RENAME);
    }

    /** Nothing where none of these is allowed. */
    private static String letter(char letter, Set<Permission> allowed, Permission... enough) {
        return Arrays.stream(enough).anyMatch(allowed::contains) ? String.valueOf(letter) : "";
    }

    /** Links are followed by RETR, CWD and listings; STOR puts a file in a link's place. */
    private static String permissionsBehind(Metadata link, Set<Permission> allowed) {
        return switch (leadsTo(link).map(Metadata::kind).orElse(Metadata.Kind.OTHER)) {
            case FILE -> letter('r', allowed, Permission.DOWNLOAD);
            case DIRECTORY -> "e" + letter('l', allowed, Permission.LIST);
            case LINK, OTHER -> "";
        };
    }
}
