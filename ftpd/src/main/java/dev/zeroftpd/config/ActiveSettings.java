package dev.zeroftpd.config;

/**
 * Data connections that the server opens (PORT, EPRT). Immutable; any thread.
 *
 * @param checkAddress whether only the control connection's client may be connected to; otherwise the server can be made
 *     to connect to third parties (the "bounce attack", RFC 2577)
 * @param localPort the port to connect from, 0 to 65535; 0: any; 20 is the traditional one and needs privileges
 */
public record ActiveSettings(boolean enabled, boolean checkAddress, int localPort) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the port is out of range
     */
    public ActiveSettings {
        Ranges.port("active.local-port", localPort);
    }
}
