package dev.zeroftpd.ldap;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import dev.zeroftpd.ldap.LdapSettings.Server;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the directory. Any thread.
 *
 * <p>Those that search and those that try passwords are different ones: the latter belong to the account that was bound last, and
 * read nothing.
 */
final class Connections implements AutoCloseable {

    /** Directories close what is idle, often after minutes. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private final ServerSet servers;
    private final LDAPConnectionPool searching;
    private final LDAPConnectionPool trying;

    private Connections(ServerSet servers, LDAPConnectionPool searching, LDAPConnectionPool trying) {
        this.servers = servers;
        this.searching = searching;
        this.trying = trying;
    }

    /** Connects nowhere yet. */
    static Connections to(LdapSettings settings) {
        ServerSet[] sets =
                settings.servers().stream().map(server -> set(server, settings)).toArray(ServerSet[]::new);
        ServerSet servers = sets.length == 1 ? sets[0] : inOrder(sets);
        Optional<BindRequest> own = settings.lookup() instanceof LdapSettings.Search search
                ? search.as().map(as -> new SimpleBindRequest(as.dn(), as.password()))
                : Optional.empty();
        return new Connections(servers, pool(servers, own.orElse(null), settings), pool(servers, null, settings));
    }

    /** The one that has answered last is tried first: not each connection waits for one that doesn't. */
    private static ServerSet inOrder(ServerSet... sets) {
        FailoverServerSet servers = new FailoverServerSet(sets);
        servers.setReOrderOnFailover(true);
        return servers;
    }

    private static LDAPConnectionPool pool(ServerSet servers, @Nullable BindRequest bind, LdapSettings settings) {
        try {
            LDAPConnectionPool pool = new LDAPConnectionPool(servers, bind, 0, settings.connections(), null, false);
            pool.setMaxConnectionAgeMillis(LONGEST_LIFE.toMillis());
            pool.setMaxWaitTimeMillis(settings.timeout().toMillis());
            pool.setCreateIfNecessary(true);
            pool.setRetryFailedOperationsDueToInvalidConnections(true); // the directory was restarted meanwhile
            return pool;
        } catch (LDAPException e) {
            throw new IllegalStateException("a pool connects later", e);
        }
    }

    private static ServerSet set(Server server, LdapSettings settings) {
        int timeout = Math.toIntExact(Math.clamp(settings.timeout().toMillis(), 1, Integer.MAX_VALUE));
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        // all of them are tried within the time
        options.setConnectTimeoutMillis(Math.max(1, timeout / settings.servers().size()));
        options.setResponseTimeoutMillis(timeout);
        options.setAbandonOnTimeout(true);
        options.setFollowReferrals(false); // they lead to servers that the settings don't name, with passwords
        options.setBindWithDNRequiresPassword(true);
        Optional<NamedSockets> trust = settings.trust().map(context -> new NamedSockets(context.getSocketFactory()));
        if (trust.isPresent() && server.tls()) {
            return new SingleServerSet(server.host(), server.port(), trust.get(), options);
        }
        PostConnectProcessor starting = trust.map(StartingTls::new).orElse(null);
        return new SingleServerSet(server.host(), server.port(), null, options, null, starting);
    }

    /** Bound as the server itself. */
    LDAPConnectionPool searching() {
        return searching;
    }

    /** For passwords of accounts alone. */
    LDAPConnectionPool trying() {
        return trying;
    }

    /** A new one for one account. */
    LDAPConnection fresh() throws LDAPException {
        return servers.getConnection();
    }

    @Override
    public void close() {
        searching.close();
        trying.close();
    }
}
