package dev.zeroftpd.config;

import java.util.Optional;

/**
 * Data connections that the client opens (PASV, EPSV). Immutable; any thread.
 *
 * @param ports the local ports to listen on
 * @param address what PASV announces instead of the control connection's local address, for servers behind NAT: an IPv4
 *     address, or a host name that has one
 * @param checkAddress whether only the control connection's client may connect
 */
public record PassiveSettings(PortRange ports, Optional<String> address, boolean checkAddress) {

    /** What operators are told behind {@code passive.address=HOST} where there is no such host. */
    public static final String UNKNOWN_HOST = " is no host that this machine knows: clients that use PASV get 425";

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the address is blank
     */
    public PassiveSettings {
        if (address.isPresent() && address.get().isBlank()) {
            throw new IllegalArgumentException("passive.address must not be blank");
        }
    }
}
