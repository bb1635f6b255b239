package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * An FTP client that others wrote, driven as its users drive it: one column of the table in docs/clients.md. Stateless.
 *
 * <p>Remote names are absolute. Whatever a client doesn't offer it says in {@link #notOffered}; a job that is not named
 * there and has no method here fails.
 */
interface Client {

    /** As docs/clients.md calls it. */
    String name();

    /** Its version as it says itself, run in {@code folder}. Fails where it is missing, with what has to be installed. */
    String version(Path folder) throws IOException;

    /** The jobs that the client itself can't do, or that fail, each with the reason. */
    Map<Job, String> notOffered();

    default boolean offers(Job job) {
        return !notOffered().containsKey(job);
    }

    default void get(Site site, String remote, Path local) throws IOException {
        throw missing("get");
    }

    /** Gets what {@code local} lacks. */
    default void resumeGet(Site site, String remote, Path local) throws IOException {
        throw missing("resumeGet");
    }

    default void put(Site site, Path local, String remote) throws IOException {
        throw missing("put");
    }

    /** Sends what {@code remote} lacks. */
    default void resumePut(Site site, Path local, String remote) throws IOException {
        throw missing("resumePut");
    }

    default void append(Site site, Path local, String remote) throws IOException {
        throw missing("append");
    }

    /** Gets a file in TYPE A; its lines then end in {@link #lineEnd}. */
    default void getText(Site site, String remote, Path local) throws IOException {
        throw missing("getText");
    }

    /** What a text ends its lines with that this client got in TYPE A: most clients convert. */
    default String lineEnd() {
        return "\n";
    }

    /** Sends a file, whose lines end in LF, in TYPE A. */
    default void putText(Site site, Path local, String remote) throws IOException {
        throw missing("putText");
    }

    /** Begins to get {@code remote} and gives up when some of it is there. */
    default void abortGet(Site site, String remote, Path local) throws IOException {
        throw missing("abortGet");
    }

    /** Gets a whole directory, so that {@code local} looks like it. */
    default void mirrorDown(Site site, String remote, Path local) throws IOException {
        throw missing("mirrorDown");
    }

    /** Sends a whole directory, so that {@code remote}, which is not there yet, looks like it. */
    default void mirrorUp(Site site, Path local, String remote) throws IOException {
        throw missing("mirrorUp");
    }

    /** The names in a directory, without the directory's. */
    default List<String> list(Site site, String remote) throws IOException {
        throw missing("list");
    }

    default void rename(Site site, String from, String to) throws IOException {
        throw missing("rename");
    }

    default void makeDirectory(Site site, String remote) throws IOException {
        throw missing("makeDirectory");
    }

    default void removeDirectory(Site site, String remote) throws IOException {
        throw missing("removeDirectory");
    }

    default void delete(Site site, String remote) throws IOException {
        throw missing("delete");
    }

    /** When {@code remote} was modified, or the time that a download gave to {@code scratch}. */
    default Instant modified(Site site, String remote, Path scratch) throws IOException {
        throw missing("modified");
    }

    /** How exactly {@link #modified} knows it. */
    default ChronoUnit timePrecision() {
        return ChronoUnit.SECONDS;
    }

    /** Gives {@code remote} the time of {@code local}, of which it is a copy: by a command or by a new upload. */
    default void setModified(Site site, Path local, String remote) throws IOException {
        throw missing("setModified");
    }

    private UnsupportedOperationException missing(String method) {
        return new UnsupportedOperationException(name() + " is said to offer what needs " + method);
    }
}
