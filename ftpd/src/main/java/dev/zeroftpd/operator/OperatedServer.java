package dev.zeroftpd.operator;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ban.Bans;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The server, as far as its operator's commands need it. Any thread. */
public interface OperatedServer {

    /** The sessions of all listeners. */
    ControlConnections sessions();

    Bans bans();

    ServerStatus status();

    /**
     * Reads the configuration again and applies what can be applied now.
     *
     * @throws ConfigException if it is wrong: then everything stays as it was
     */
    Reloaded reload() throws ConfigException;

    /**
     * Ends the server, and returns when that is done.
     *
     * @param longest how long running transfers may go on; empty: as it is configured
     */
    void drain(Optional<Duration> longest);

    /** True once it takes no new clients any more. */
    boolean isDraining();

    /** What came of a hook that was tried: who was asked, and what they said. */
    record HookTrial(String target, boolean accepted, String detail) {}

    /**
     * Sends a sample to a hook. Blocks until that has answered.
     *
     * @return empty if the server has no hook of that name
     */
    Optional<HookTrial> testHook(String event);

    /** What clients would run into. Blocks, perhaps for a minute. */
    List<Finding> examine();

    /**
     * Refuses the logins of accounts from now on, also after a restart: of all of them or, if that fails, of none.
     *
     * @throws ConfigException if there is no such account
     */
    void disable(Collection<String> accounts) throws ConfigException, IOException;

    /**
     * Allows the logins of an account again, also after a restart.
     *
     * @throws ConfigException if there is no such account
     */
    void enable(String account) throws ConfigException, IOException;

    /**
     * What signs a browser in to the live page.
     *
     * @param validity from now on, and only once
     */
    record WebLink(String url, Duration validity) {}

    /**
     * Makes such a link.
     *
     * @param role {@code viewer}, {@code admin} or {@code admin:GROUP}
     * @param name who gets it, for the log
     * @throws Refused if there is no page, or no such role
     */
    WebLink webLogin(String role, String name) throws Refused;

    /** Where lines of an answer go. */
    @FunctionalInterface
    interface Lines {
        /**
         * Takes one line.
         *
         * @throws IOException if the operator is gone
         */
        void line(Map<String, ?> object) throws IOException;
    }

    /**
     * Tells what accounts have stored and may store.
     *
     * @param account one of them; empty for all that have a quota
     */
    void showQuotas(Optional<String> account, Lines lines) throws Refused, IOException;

    /** Counts what lies in homes with a quota. Blocks until that is done. */
    void scanQuotas(Optional<String> account, Lines lines) throws Refused, IOException;

    /**
     * Deletes files that are older than accounts keep them. Blocks until that is done.
     *
     * @param dryRun only says which they are
     */
    void expire(Optional<String> account, boolean dryRun, Lines lines) throws Refused, IOException;
}
