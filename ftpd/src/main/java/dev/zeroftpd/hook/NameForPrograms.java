package dev.zeroftpd.hook;

import dev.zeroftpd.os.LinuxFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By what name a program finds a file, until it is closed. The environment of a program is text: for a file in a directory whose
 * name is no UTF-8, that is a symbolic link. (The file's path in {@code /proc} won't do: it is root's where the server has changed
 * its user.)
 */
record NameForPrograms(String text, Optional<Path> link) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NameForPrograms.class);

    private static final String PREFIX = "upload-";

    private static final Pattern MADE_HERE = Pattern.compile(PREFIX + "(?<process>\\d{1,9})-[0-9a-f-]+");

    /**
     * The file's own name, or that of a link to it.
     *
     * @param file its path, or that of its descriptor in {@code /proc}
     * @param links where links are made
     * @throws IOException if there is no name that a program can use
     */
    static NameForPrograms of(String file, Path links) throws IOException {
        Path path = Path.of(file);
        if (!isThroughThisProcess(path)) {
            return new NameForPrograms(file, Optional.empty());
        }
        String target = LinuxFiles.linkText(path).orElseThrow(() -> new IOException("its name is not known"));
        Files.createDirectories(links);
        Path link = links.resolve(PREFIX + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
        long result = LinuxFiles.symbolicLink(target, link);
        if (result < 0) {
            throw new IOException(link + " can't be made: error " + -result + " of symlink(2)");
        }
        return new NameForPrograms(link.toString(), Optional.of(link));
    }

    /** Whether it looks like a link and is the opened file itself; no client can put another in its place. */
    static boolean isThroughThisProcess(Path file) {
        return file.startsWith("/proc/" + ProcessHandle.current().pid() + "/fd");
    }

    /** Deletes the links of processes that have been killed. */
    static void clear(Path links) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(links, PREFIX + "*")) {
            for (Path link : found) {
                if (Files.isSymbolicLink(link) && !isUsed(link)) {
                    Files.delete(link);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("Links of other processes stay in {}", links, e);
        }
    }

    private static boolean isUsed(Path link) {
        Matcher matcher = MADE_HERE.matcher(String.valueOf(link.getFileName()));
        return !matcher.matches()
                || ProcessHandle.of(Long.parseLong(matcher.group("process"))).isPresent();
    }

    @Override
    public void close() {
        try {
            if (link.isPresent()) {
                Files.deleteIfExists(link.get());
            }
        } catch (IOException e) {
            LOG.debug("{} stays until the next start", text, e);
        }
    }
}
