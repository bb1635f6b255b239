package dev.zeroftpd.ldap;

import com.unboundid.ldap.sdk.DN;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The settings of this plugin, once they are known to be valid. Immutable; any thread.
 *
 * @param servers tried in their order
 * @param trust whom TLS trusts; empty where nothing is encrypted
 * @param lookup how a name leads to an entry
 * @param account what an entry says of an account
 * @param connections how many stay open at most
 * @param timeout of one request, and of connecting
 */
record LdapSettings(
        List<Server> servers,
        Optional<SSLContext> trust,
        Lookup lookup,
        AccountMapping account,
        int connections,
        Duration timeout) {

    LdapSettings {
        servers = List.copyOf(servers);
    }

    /** @param tls from the first byte; else it begins with StartTLS, if anything is encrypted */
    record Server(String host, int port, boolean tls) {}

    /** How a name leads to an entry. */
    sealed interface Lookup {}

    /**
     * Searched for by an account of the server's own, or anonymously.
     *
     * @param filter with <code>${user}</code> for the name
     */
    record Search(Optional<Credentials> as, DN base, String filter) implements Lookup {}

    /** Known from the name, which the template has in it; each account reads its own entry. */
    record Direct(NameTemplate template) implements Lookup {}

    /** Whom the server itself is, to the directory. Not printed: it holds the password. */
    record Credentials(DN dn, String password) {

        @Override
        public String toString() {
            return dn.toString();
        }
    }

    /**
     * What an entry says of an account.
     *
     * @param nameAttribute has the name, exactly as clients must write it
     * @param home with <code>${user}</code> for the name; empty: from an attribute or a group
     * @param attributes by the key of an account, such as {@code quota-bytes}
     */
    record AccountMapping(
            String nameAttribute, Optional<String> home, Map<String, String> attributes, GroupLookup groups) {

        AccountMapping {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * Which groups an account is in.
     *
     * @param always those that every account is in, after its own
     * @param memberOf the attribute of an account's entry that names its groups
     * @param base where groups are searched for
     * @param filter with <code>${dn}</code> and <code>${user}</code> for the account
     * @param nameAttribute of a group's entry
     * @param required whether an account without any group of its own is refused
     */
    record GroupLookup(
            List<String> always,
            Optional<String> memberOf,
            Optional<DN> base,
            String filter,
            String nameAttribute,
            boolean required) {

        GroupLookup {
            always = List.copyOf(always);
        }
    }
}
