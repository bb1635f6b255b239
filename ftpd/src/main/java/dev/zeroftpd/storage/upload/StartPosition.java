package dev.zeroftpd.storage.upload;

import dev.zeroftpd.transfer.FileSource;
import java.io.IOException;
import java.util.OptionalLong;

/** Where in a file an upload goes on, which a client may count in other bytes than the file's own. Any thread. */
@FunctionalInterface
public interface StartPosition {

    /** The position in {@code existing}, or empty if the file doesn't reach that far. */
    OptionalLong in(FileSource existing) throws IOException;

    /** A number of the file's own bytes. */
    static StartPosition bytes(long count) {
        return existing -> count <= existing.size() ? OptionalLong.of(count) : OptionalLong.empty();
    }

    /** Behind the last byte. */
    static StartPosition end() {
        return existing -> OptionalLong.of(existing.size());
    }
}
