package dev.zeroftpd.control;

import dev.zeroftpd.charset.NameCharset;
import dev.zeroftpd.control.admission.CommandThreads;
import dev.zeroftpd.control.rule.CommandRules;
import dev.zeroftpd.dataconnection.DataConnections;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the control connections of one listener are built from. Immutable; its collaborators may be shared by listeners.
 *
 * @param threads run every command that may block
 * @param connections the registry, with the limits on sessions
 * @param dataConnections makes each session's data connection
 * @param rules when, where and for whom commands may run
 * @param tls gives each session a context of its own; empty: the listener's own TLS configuration is used, if any
 * @param tlsRequired whether USER and what follows it are refused until AUTH TLS
 * @param protectedData whether transfers are refused until PROT P
 * @param charset the charset of clients that don't choose one
 * @param deaf called if an error has ended the thread that accepts connections: a new one can't be had
 * @param loginTimeout how long a session may go without a login; zero: for ever
 */
public record ControlSettings(
        CommandThreads threads,
        ControlConnections connections,
        DataConnections dataConnections,
        CommandRules rules,
        Optional<TlsContexts> tls,
        boolean tlsRequired,
        boolean protectedData,
        NameCharset charset,
        Duration loginTimeout,
        Consumer<Error> deaf) {

    /** For clients that speak UTF-8 and take their time. */
    public ControlSettings(
            CommandThreads threads,
            ControlConnections connections,
            DataConnections dataConnections,
            CommandRules rules,
            Optional<TlsContexts> tls,
            boolean tlsRequired) {
        this(
                threads,
                connections,
                dataConnections,
                rules,
                tls,
                tlsRequired,
                tlsRequired,
                NameCharset.UTF_8,
                Duration.ZERO,
                _ -> {});
    }

    /**
     * The same for a listener that does or does not demand TLS.
     *
     * @param logins before USER
     * @param data before a transfer
     */
    public ControlSettings withTlsRequired(boolean logins, boolean data) {
        return new ControlSettings(
                threads, connections, dataConnections, rules, tls, logins, data, charset, loginTimeout, deaf);
    }

    /** The same for a listener whose clients speak {@code other}. */
    public ControlSettings withCharset(NameCharset other) {
        return new ControlSettings(
                threads,
                connections,
                dataConnections,
                rules,
                tls,
                tlsRequired,
                protectedData,
                other,
                loginTimeout,
                deaf);
    }

    /** The same for a listener whose clients have so long to log in. */
    public ControlSettings withLoginTimeout(Duration longest) {
        return new ControlSettings(
                threads, connections, dataConnections, rules, tls, tlsRequired, protectedData, charset, longest, deaf);
    }

    /** The same for listeners that call {@code end} if they can accept no more. */
    public ControlSettings withDeaf(Consumer<Error> end) {
        return new ControlSettings(
                threads,
                connections,
                dataConnections,
                rules,
                tls,
                tlsRequired,
                protectedData,
                charset,
                loginTimeout,
                end);
    }
}
