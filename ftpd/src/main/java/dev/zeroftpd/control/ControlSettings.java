package dev.zeroftpd.control;

import dev.zeroftpd.control.admission.CommandThreads;
import dev.zeroftpd.control.rule.CommandRules;
import dev.zeroftpd.dataconnection.DataConnections;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * What the control connections of one listener are built from. Immutable; its collaborators may be shared by listeners.
 *
 * @param threads run every command that may block
 * @param connections the registry, with the limits on sessions
 * @param dataConnections makes each session's data connection
 * @param rules when, where and for whom commands may run
 * @param tls gives each session a context of its own; empty: the listener's own TLS configuration is used, if any
 * @param terms what the listener demands of its clients
 * @param answered hears of each command that has ended: the key of its verb, and the code of its last reply, 0 without one; runs
 *     on the session's mailbox and must neither wait nor throw
 * @param deaf called if an error has ended the thread that accepts connections: a new one can't be had
 */
public record ControlSettings(
        CommandThreads threads,
        ControlConnections connections,
        DataConnections dataConnections,
        CommandRules rules,
        Optional<TlsContexts> tls,
        ListenerTerms terms,
        ObjIntConsumer<String> answered,
        Consumer<Error> deaf) {

    /** For a listener that demands nothing. */
    public ControlSettings(
            CommandThreads threads,
            ControlConnections connections,
            DataConnections dataConnections,
            CommandRules rules,
            Optional<TlsContexts> tls) {
        this(threads, connections, dataConnections, rules, tls, ListenerTerms.NONE, (_, _) -> {}, _ -> {});
    }

    /** The same for a listener with terms of its own, which calls {@code end} if it can accept no more. */
    public ControlSettings with(ListenerTerms own, Consumer<Error> end) {
        return new ControlSettings(threads, connections, dataConnections, rules, tls, own, answered, end);
    }

    /** The same for listeners whose commands are counted. */
    public ControlSettings telling(ObjIntConsumer<String> counter) {
        return new ControlSettings(threads, connections, dataConnections, rules, tls, terms, counter, deaf);
    }
}
