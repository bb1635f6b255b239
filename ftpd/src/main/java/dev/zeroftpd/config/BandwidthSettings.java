package dev.zeroftpd.config;

/**
 * Limits for all transfers together, each direction on its own. Immutable; any thread.
 *
 * @param server bytes a second, the whole server; 0: no limit
 * @param perAddress bytes a second, all transfers with one IP address; 0: no limit
 */
public record BandwidthSettings(long server, long perAddress) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is negative
     */
    public BandwidthSettings {
        Ranges.between("bandwidth.server", server, 0, Long.MAX_VALUE);
        Ranges.between("bandwidth.per-address", perAddress, 0, Long.MAX_VALUE);
    }
}
