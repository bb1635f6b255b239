package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.LinkTarget;
import dev.zeroftpd.storage.Metadata;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Lines as {@code ls -l} writes them, which is what clients parse behind LIST. Used by one thread.
 *
 * <p>Of the mode, what the account may not do is left out. Times are UTC, as most servers have it and clients assume; months are English. A symbolic link has its target behind
 * it, unless that is outside the home.
 */
public final class LongFormat implements LineFormat {

    private static final int LINKS_WIDTH = 3;
    private static final int ACCOUNT_WIDTH = 8;
    private static final int SIZE_WIDTH = 12;
    private static final int PERMISSIONS = 0777;
    private static final int READ = 0444;
    private static final int WRITE = 0222;
    private static final Set<Permission> CHANGES_A_FILE = Set.of(Permission.OVERWRITE, Permission.APPEND);
    private static final Set<Permission> CHANGES_A_DIRECTORY =
            Set.of(Permission.UPLOAD, Permission.DELETE, Permission.RENAME, Permission.MKDIR, Permission.RMDIR);
    private static final int TYPE_MASK = 0170000;
    private static final int PIPE = 0010000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;

    private static final String[] TRIPLES = {"---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"};

    private final CivilDate dates;
    private final boolean classify;

    /** @param nowSeconds since 1970: decides which times are shown with their year */
    public LongFormat(long nowSeconds, boolean classify) {
        this.dates = new CivilDate(nowSeconds);
        this.classify = classify;
    }

    @Override
    public void add(ListingText out, String name, Metadata metadata, Set<Permission> allowed) throws IOException {
        out.add(
                switch (metadata.kind()) {
                    case FILE -> '-';
                    case DIRECTORY -> 'd';
                    case LINK -> 'l';
                    case OTHER -> special(metadata.mode() & TYPE_MASK);
                });
        int mode = metadata.mode() & PERMISSIONS & ~withheld(metadata, allowed);
        out.add(TRIPLES[mode >> 6]);
        out.add(TRIPLES[mode >> 3 & 7]);
        out.add(TRIPLES[mode & 7]);
        out.add(' ');
        out.addRight(metadata.links(), LINKS_WIDTH);
        out.add(' ');
        addAccount(out, metadata.owner());
        addAccount(out, metadata.group());
        out.addRight(metadata.size(), SIZE_WIDTH);
        out.add(' ');
        dates.addForPeople(out, metadata.modified().getEpochSecond());
        out.add(' ');
        out.addPrintableName(name);
        if (classify && metadata.isDirectory()) {
            out.add('/');
        }
        Optional<String> target = metadata.link().flatMap(LinkTarget::text);
        if (target.isPresent()) {
            out.add(" -> ");
            out.addPrintableName(target.get());
        }
        out.endLine();
    }

    /** The bits of the mode that the account has no use for: it may not do that, whatever the file system allows. */
    private static int withheld(Metadata metadata, Set<Permission> allowed) {
        return switch (metadata.kind()) {
            case FILE ->
                (allowed.contains(Permission.DOWNLOAD) ? 0 : READ)
                        | (Collections.disjoint(allowed, CHANGES_A_FILE) ? WRITE : 0);
            case DIRECTORY ->
                (allowed.contains(Permission.LIST) ? 0 : READ)
                        | (Collections.disjoint(allowed, CHANGES_A_DIRECTORY) ? WRITE : 0);
            case LINK, OTHER -> 0;
        };
    }

    /** The letters of {@code ls}; a socket's for what is unknown, because of all lines that one looks like a file's. */
    private static char special(int type) {
        return switch (type) {
            case PIPE -> 'p';
            case BLOCK_DEVICE -> 'b';
            case CHARACTER_DEVICE -> 'c';
            default -> 's';
        };
    }

    /** Clients count columns, so an account's name has no blank and is never empty. */
    private static void addAccount(ListingText out, String name) throws IOException {
        String shown = name.isEmpty() ? "-" : name.replace(' ', '_');
        out.addPrintableName(shown);
        for (int i = shown.length(); i <= ACCOUNT_WIDTH; i++) {
            out.add(' ');
        }
        if (shown.length() > ACCOUNT_WIDTH) {
            out.add(' ');
        }
    }
}
