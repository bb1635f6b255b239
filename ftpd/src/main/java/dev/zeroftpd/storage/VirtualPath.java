package dev.zeroftpd.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * A path as the client sees it: absolute, {@code /} is the user's home, without {@code .}, {@code ..}, empty segments or a
 * trailing slash. Immutable; any thread.
 *
 * <p>{@code ..} is removed here, by name, as RFC 959's CDUP means it; so no path that reaches the file system contains
 * one. A backslash is a character like any other.
 *
 * @param text for example {@code /a/b}, or {@code /} for the home itself
 */
public record VirtualPath(String text) {

    public static final VirtualPath ROOT = new VirtualPath("/");

    /** @throws IllegalArgumentException if {@code text} is not in the form described above */
    public VirtualPath {
        if (!isNormal(text)) {
            throw new IllegalArgumentException("not a normalized virtual path");
        }
    }

    /**
     * The path that {@code name} means in this directory.
     *
     * @param name absolute or relative; more {@code ..} than there are directories end at the home
     * @throws StorageException INVALID_NAME if it contains NUL, CR or LF
     */
    public VirtualPath resolve(String name) throws StorageException {
        if (hasForbiddenCharacter(name)) {
            throw new StorageException(StorageException.Kind.INVALID_NAME, "a name can't contain NUL, CR or LF");
        }
        List<String> segments = name.startsWith("/") ? new ArrayList<>() : new ArrayList<>(segments());
        for (String segment : split(name)) {
            switch (segment) {
                case "." -> {}
                case ".." -> {
                    if (!segments.isEmpty()) {
                        segments.removeLast();
                    }
                }
                default -> segments.add(segment);
            }
        }
        return segments.isEmpty() ? ROOT : new VirtualPath("/" + String.join("/", segments));
    }

    public boolean isRoot() {
        return text.length() == 1;
    }

    /** The directory that this is in; the home is in itself. */
    public VirtualPath parent() {
        int slash = text.lastIndexOf('/');
        return slash <= 0 ? ROOT : new VirtualPath(text.substring(0, slash));
    }

    /** The last segment; empty for the home. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The names from the home down; empty for the home. */
    public List<String> segments() {
        return split(text);
    }

    /** The names from {@code directory} down, which this is, or is below; empty for itself. */
    public List<String> segmentsBelow(VirtualPath directory) {
        return split(text.substring(directory.isRoot() ? 0 : directory.text.length()));
    }

    /** True if this is {@code directory} or below it. */
    public boolean startsWith(VirtualPath directory) {
        int length = directory.text.length();
        return directory.isRoot()
                || (text.startsWith(directory.text) && (text.length() == length || text.charAt(length) == '/'));
    }

    /** Relative to the home, for the file system: {@code a/b}, or {@code .} for the home itself. */
    public String relative() {
        return isRoot() ? "." : text.substring(1);
    }

    /** The same relative to a directory that this is, or is below. */
    public String relativeTo(VirtualPath directory) {
        if (directory.isRoot()) {
            return relative();
        }
        int above = directory.text.length();
        return text.length() == above ? "." : text.substring(above + 1);
    }

    /** The path of an entry of this directory, whose name comes from the file system. */
    public VirtualPath child(String name) {
        return new VirtualPath(isRoot() ? "/" + name : text + "/" + name);
    }

    /** True if a name from the file system can be named by a client at all. */
    public static boolean isNameable(String name) {
        return !hasForbiddenCharacter(name);
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isNormal(String text) {
        if (text.equals("/")) {
            return true;
        }
        if (!text.startsWith("/") || text.endsWith("/") || text.contains("//") || hasForbiddenCharacter(text)) {
            return false;
        }
        return !text.contains("/.") || split(text).stream().noneMatch(s -> s.equals(".") || s.equals(".."));
    }

    private static boolean hasForbiddenCharacter(String name) {
        return name.indexOf('\0') >= 0 || name.indexOf('\r') >= 0 || name.indexOf('\n') >= 0;
    }

    private static List<String> split(String path) {
        List<String> segments = new ArrayList<>();
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (end > start) {
                segments.add(path.substring(start, end));
            }
            start = end + 1;
        }
        return segments;
    }
}
