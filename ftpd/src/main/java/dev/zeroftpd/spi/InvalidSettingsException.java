package dev.zeroftpd.spi;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Settings of a source that can't be used, with everything that is wrong in them. Immutable; any thread. */
public final class InvalidSettingsException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * One of them.
     *
     * @param key without {@code NAME.} before it
     * @param what is wrong with it, in a clause that names key and value; no secret is among it
     * @param remedy what to do about it, in a clause
     */
    public record Fault(String key, String what, String remedy) {}

    /**
     * @param faults at least one
     * @throws IllegalArgumentException if there is none
     */
    public InvalidSettingsException(List<Fault> faults) {
        super(faults.stream().map(Fault::what).collect(Collectors.joining("; ")));
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("what is wrong must be said");
        }
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
