package dev.zeroftpd.operator;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ban.Bans;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
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

    /** What clients would run into. Blocks, perhaps for a minute. */
    List<Finding> examine();

    /**
     * Refuses the logins of accounts from now on, also after a restart: of all of them or, if that fails, of none.
     *
     * @throws ConfigException if there is no such account
     */
    void disable(Collection<String> accounts) throws ConfigException, IOException;
}
