package dev.zeroftpd.storage.upload;

import dev.zeroftpd.storage.VirtualPath;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lengths of broken uploads that a session was told: an APPE continues only an upload whose length its client
 * knows. Thread-safe: a listing tells on a thread of its own.
 */
public final class ToldLengths {

    /** As many as a listing shows, {@link NotedPartials#MOST}; of those beyond, SIZE tells again. */
    private static final int MOST = NotedPartials.MOST;

    private final Map<VirtualPath, Long> told = new LinkedHashMap<>();

    public synchronized void tell(VirtualPath path, long size) {
        told.remove(path);
        told.put(path, size);
        if (told.size() > MOST) {
            VirtualPath oldest = told.keySet().iterator().next();
            told.remove(oldest);
        }
    }

    /** True if that was the last that the session heard of it. */
    synchronized boolean isTold(VirtualPath path, long size) {
        Long last = told.get(path);
        return last != null && last == size;
    }
}
