package dev.zeroftpd.cli.check;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds who else decides what a path leads to: the owners of the directories on the way, and all who may write to them. They can
 * put another file, directory or link in its place. Stateless; one thread.
 */
final class PathRisks {

    private static final int WRITABLE_BY_OTHERS = 022;
    private static final int STICKY = 01000;

    private PathRisks() {}

    /** Whether this system has owners and modes. */
    static boolean areKnown() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    }

    /** Looks at each directory that has a name on the way, and at who owns what is behind that name; in clauses. */
    static Set<String> above(Path path) {
        Set<String> risks = new LinkedHashSet<>();
        Path child = path;
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            risks.addAll(risks(above, child));
            child = above;
        }
        return risks;
    }

    private static Set<String> risks(Path directory, Path child) {
        Set<String> risks = new LinkedHashSet<>();
        try {
            if (isForeign(directory)) {
                risks.add(directory + " belongs to " + Files.getOwner(directory));
            }
            int mode = mode(directory);
            boolean open = (mode & WRITABLE_BY_OTHERS) != 0;
            if (open && (mode & STICKY) == 0) {
                risks.add(directory + " may be written to by others (mode " + octal(mode) + ")");
            } else if (open && isForeign(child)) {
                risks.add(child + " belongs to " + Files.getOwner(child, LinkOption.NOFOLLOW_LINKS));
            }
        } catch (IOException unreadable) {
            return Set.of(); // then it can't be reached either, which others say
        }
        return risks;
    }

    /** Root and the user that runs this can do everything here anyway. */
    static boolean isForeign(Path path) throws IOException {
        UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
        UserPrincipal self = path.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        return !owner.equals(self)
                && !Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    /** Permission bits; links are followed. */
    static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode") & 07777;
    }

    static String octal(int mode) {
        return Integer.toOctalString(mode);
    }

    /** Without links; the path itself where it isn't there. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path;
        }
    }
}
