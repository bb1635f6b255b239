package dev.zeroftpd.config;

/**
 * Neighbouring TCP ports, both ends included. Immutable; any thread.
 *
 * @param first 1 to 65535; 0 together with {@code last} 0 for any free port
 * @param last from {@code first} to 65535
 */
public record PortRange(int first, int last) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a port is out of range or {@code first > last}
     */
    public PortRange {
        if (first != 0 || last != 0) {
            Ranges.between("the first port", first, 1, Ranges.LAST_PORT);
            Ranges.between("the last port", last, first, Ranges.LAST_PORT);
        }
    }

    public boolean isAny() {
        return first == 0;
    }

    /** How many ports these are. Where the system picks (0 to 0): all of 1 to 65535. */
    public int size() {
        return isAny() ? Ranges.LAST_PORT : last - first + 1;
    }

    @Override
    public String toString() {
        return isAny() ? "0" : first + "-" + last;
    }
}
