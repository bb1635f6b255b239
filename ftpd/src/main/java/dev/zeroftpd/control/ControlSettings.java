package dev.zeroftpd.control;

import dev.zeroftpd.dataconnection.DataConnections;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.transfer.NameCharset;
import java.util.Optional;
import java.util.Set;

/**
 * What the control connections of one listener are built from. Immutable; its collaborators may be shared by listeners.
 *
 * @param threads run every command that may block
 * @param connections the registry, with the limits on sessions
 * @param dataConnections makes each session's data connection
 * @param quickCommands verbs in upper case whose commands never block, so that the I/O thread may run them
 * @param tls gives each session a context of its own; empty: the listener's own TLS configuration is used, if any
 * @param tlsRequired whether USER and what follows it are refused until AUTH TLS
 * @param charset what a client speaks that doesn't say otherwise
 */
public record ControlSettings(
        CommandThreads threads,
        ControlConnections connections,
        DataConnections dataConnections,
        Set<String> quickCommands,
        Optional<TlsContexts> tls,
        boolean tlsRequired,
        NameCharset charset) {

    public ControlSettings {
        quickCommands = Set.copyOf(quickCommands);
    }

    /** For clients that speak UTF-8. */
    public ControlSettings(
            CommandThreads threads,
            ControlConnections connections,
            DataConnections dataConnections,
            Set<String> quickCommands,
            Optional<TlsContexts> tls,
            boolean tlsRequired) {
        this(threads, connections, dataConnections, quickCommands, tls, tlsRequired, NameCharset.UTF_8);
    }

    /**
     * Commands that only look at or change the session's state. (PASV is none: it may ask the DNS for the announced
     * address. What touches the file system never is.)
     */
    public static final Set<String> QUICK_COMMANDS = Set.of(
            "ACCT", "CCC", "CLNT", "CSID", "EPRT", "EPSV", "FEAT", "HELP", "HOST", "LANG", "MFCT", "MMD5", "MODE",
            "NOOP", "OPTS", "PBSZ", "PORT", "PROT", "PWD", "RANG", "REIN", "REST", "SMNT", "STRU", "SYST", "TYPE",
            "USER");

    /** The same for a listener that does or does not demand TLS. */
    public ControlSettings withTlsRequired(boolean required) {
        return new ControlSettings(threads, connections, dataConnections, quickCommands, tls, required, charset);
    }

    /** The same for a listener whose clients speak {@code other}. */
    public ControlSettings withCharset(NameCharset other) {
        return new ControlSettings(threads, connections, dataConnections, quickCommands, tls, tlsRequired, other);
    }
}
