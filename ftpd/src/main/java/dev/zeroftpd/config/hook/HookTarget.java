package dev.zeroftpd.config.hook;

import java.net.URI;
import java.nio.file.Path;

/** Where events go. Immutable; any thread. */
public sealed interface HookTarget {

    /** A program of this machine; the path is absolute. */
    record Program(Path file) implements HookTarget {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A server that takes them by POST: https, or http on this machine itself. */
    record Web(URI uri) implements HookTarget {
        @Override
        public String toString() {
            return uri.toString();
        }
    }
}
