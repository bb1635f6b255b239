package dev.zeroftpd.storage;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

/** Paths: whatever a client calls them, they are absolute, normal and stay what they are. */
public final class PathFuzzer {

    private PathFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        VirtualPath directory = resolve(VirtualPath.ROOT, data.consumeString(200));
        VirtualPath path = resolve(directory, data.consumeRemainingAsString());
        if (path.segments().contains("..")
                || path.segments().contains(".")
                || path.relative().startsWith("/")) {
            throw new IllegalStateException("leads out: " + path);
        }
        if (!resolve(directory, path.text()).equals(path) || !path.startsWith(path.parent())) {
            throw new IllegalStateException("not stable: " + path);
        }
    }

    private static VirtualPath resolve(VirtualPath directory, String name) {
        try {
            return directory.resolve(name);
        } catch (StorageException refused) {
            return VirtualPath.ROOT;
        }
    }
}
