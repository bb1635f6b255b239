package dev.zeroftpd.server.quota;

import dev.zeroftpd.config.HomeUri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Under which name what lies in a home is counted: the same for all accounts whose homes are one directory. Thread-safe.
 *
 * <p>A look at a home may take as long as its file system likes. So the accounts' thread asks for what is known only, and no look
 * waits for another.
 */
final class HomeNames {

    private final UnaryOperator<String> look;

    /** Of homes as accounts have them: looking links up for thousands takes a second. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** @param look finds the name of a home; may block */
    HomeNames(UnaryOperator<String> look) {
        this.look = look;
    }

    /** By what the file system says. */
    static HomeNames onDisk() {
        return new HomeNames(HomeNames::look);
    }

    /** The name of what an account has as its home; looked up once. May block. */
    String of(String home) {
        String before = known.get(home);
        if (before != null) {
            return before;
        }
        String found = look.apply(home);
        known.put(home, found);
        return found;
    }

    /** The same without a look at the home; empty before that. Never blocks. */
    Optional<String> known(String home) {
        return Optional.ofNullable(known.get(home));
    }

    /** What is there now, whatever was known. May block. */
    String now(String path) {
        return look.apply(path);
    }

    private static String look(String home) {
        if (HomeUri.scheme(home).isPresent()) {
            return home;
        }
        Path path = Path.of(home).toAbsolutePath().normalize();
        try {
            return path.toRealPath().toString();
        } catch (IOException missing) {
            return path.toString();
        }
    }
}
