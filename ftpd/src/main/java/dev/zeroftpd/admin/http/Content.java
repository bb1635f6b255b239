package dev.zeroftpd.admin.http;

import dev.zeroftpd.admin.metric.Exposition;
import java.util.Optional;

/** What the server tells. Asked by threads of its own, some at a time, which may wait a moment. */
public interface Content {

    /** All metrics now. */
    String metrics(Exposition.Format format);

    /** Why clients should not be led here now, in a few words; empty if they should. */
    Optional<String> notReady();

    /** Whether the server makes progress: one that doesn't has to be started anew. */
    boolean isAlive();
}
