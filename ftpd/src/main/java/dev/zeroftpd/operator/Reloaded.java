package dev.zeroftpd.operator;

import java.util.List;

/**
 * What came of reading the configuration again. Immutable; any thread.
 *
 * @param changed settings that hold now
 * @param waiting settings that hold from the next start on
 * @param kept what could not be used and stays as it was, and why: accounts, certificates
 * @param accounts how many there are
 */
public record Reloaded(List<String> changed, List<String> waiting, List<String> kept, int accounts) {

    public Reloaded {
        changed = List.copyOf(changed);
        waiting = List.copyOf(waiting);
        kept = List.copyOf(kept);
    }
}
