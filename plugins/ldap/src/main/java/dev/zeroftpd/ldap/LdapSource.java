package dev.zeroftpd.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.FullLDAPInterface;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import dev.zeroftpd.ldap.LdapSettings.Direct;
import dev.zeroftpd.ldap.LdapSettings.Search;
import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts of a directory. Any thread; waits for the directory.
 *
 * <p>A password is right if the directory lets the account bind with it (RFC 4513, section 5.1.3). An empty one would be an
 * anonymous bind, which always succeeds (section 5.1.2), so it never gets there.
 */
final class LdapSource implements AccountSource {

    private static final Logger LOG = LoggerFactory.getLogger(LdapSource.class);

    /** What a directory says of an account or its password, rather than of itself. */
    private static final Set<ResultCode> REFUSALS = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.INVALID_DN_SYNTAX,
            ResultCode.INVALID_ATTRIBUTE_SYNTAX,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.UNWILLING_TO_PERFORM,
            ResultCode.NAMING_VIOLATION,
            ResultCode.PARAM_ERROR);

    /** What a directory may say of a search for one name only: a client must not make it seem away for all. */
    private static final Set<ResultCode> NOTHING_FOUND = Set.of(
            ResultCode.INVALID_ATTRIBUTE_SYNTAX, ResultCode.SIZE_LIMIT_EXCEEDED, ResultCode.INAPPROPRIATE_MATCHING);

    /**
     * What means that the directory answers no question: it is away, or refuses the server's own bind, for a wrong password of an account
     * is no exception by then.
     */
    private static final Set<ResultCode> AWAY = Set.of(
            ResultCode.SERVER_DOWN,
            ResultCode.CONNECT_ERROR,
            ResultCode.TIMEOUT,
            ResultCode.BUSY,
            ResultCode.UNAVAILABLE,
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.LOCAL_ERROR, // TLS: it isn't the server that is meant
            ResultCode.NO_SUCH_OBJECT); // where all are searched for

    /** One account; a second shows that the filter doesn't tell them apart. */
    private static final int MOST_ENTRIES = 2;

    private static final Pattern INNERMOST = Pattern.compile("[A-Za-z]Exception\\(([^()]+)\\)");

    private static final int LONGEST_REASON = 200;

    private final LdapSettings settings;
    private final Connections connections;
    private final EntryReader reader;

    LdapSource(LdapSettings settings, Connections connections) {
        this.settings = settings;
        this.connections = connections;
        this.reader = new EntryReader(settings.account(), settings.timeout());
    }

    @Override
    public LoginAnswer ask(LoginQuestion question) {
        if (question.password().isEmpty()) {
            return new LoginAnswer.No();
        }
        try {
            return switch (settings.lookup()) {
                case Search search -> searched(search, question);
                case Direct direct -> bound(direct, question);
            };
        } catch (LDAPException e) {
            return unknown(e);
        }
    }

    private LoginAnswer searched(Search search, LoginQuestion question) throws LDAPException {
        Optional<SearchResultEntry> entry = find(search, question.name());
        if (entry.isEmpty() || !lets(connections.trying(), entry.get().getDN(), question.password())) {
            return new LoginAnswer.No();
        }
        return reader.account(entry.get(), question, connections.searching());
    }

    private Optional<SearchResultEntry> find(Search search, String name) throws LDAPException {
        SearchRequest request = new SearchRequest(
                search.base().toString(),
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                MOST_ENTRIES,
                reader.seconds(),
                false,
                Filters.of(search.filter(), Map.of(NameTemplate.USER, name)),
                reader.attributes());
        List<SearchResultEntry> found;
        try {
            found = connections.searching().search(request).getSearchEntries();
        } catch (LDAPSearchException e) {
            if (!NOTHING_FOUND.contains(e.getResultCode())) {
                throw e;
            }
            LOG.debug("A name can't be searched for, or has many entries", e);
            return Optional.empty();
        }
        if (found.size() > 1) {
            LOG.debug("More than one entry fits: {}", found);
        }
        return found.size() == 1
                ? Optional.of(found.getFirst()).filter(entry -> reader.isNamed(entry, name))
                : Optional.empty();
    }

    /** False for a password that is wrong; if it isn't known, that is an exception. */
    private static boolean lets(FullLDAPInterface directory, String dn, String password) throws LDAPException {
        try {
            directory.bind(new SimpleBindRequest(dn, password));
            return true;
        } catch (LDAPException e) {
            if (REFUSALS.contains(e.getResultCode())) {
                LOG.debug("The directory refuses the password", e);
                return false;
            }
            throw e;
        }
    }

    /** On a connection of its own: nothing of one account must be read as another. */
    private LoginAnswer bound(Direct direct, LoginQuestion question) throws LDAPException {
        DN dn = direct.template().of(question.name());
        try (LDAPConnection connection = connections.fresh()) {
            if (!lets(connection, dn.toString(), question.password())) {
                return new LoginAnswer.No();
            }
            Optional<SearchResultEntry> entry =
                    own(connection, dn).filter(found -> reader.isNamed(found, question.name()));
            return entry.isPresent() ? reader.account(entry.get(), question, connection) : new LoginAnswer.No();
        }
    }

    private Optional<SearchResultEntry> own(LDAPInterface connection, DN dn) throws LDAPException {
        Optional<SearchResultEntry> entry =
                Optional.ofNullable(connection.getEntry(dn.toString(), reader.attributes()));
        if (entry.isEmpty()) {
            LOG.debug("{} can't read its own entry", dn);
        }
        return entry;
    }

    /** What goes wrong with one account must not keep all others out. */
    private static LoginAnswer unknown(LDAPException e) {
        return AWAY.contains(e.getResultCode())
                ? new LoginAnswer.Unavailable(reason(e))
                : new LoginAnswer.Unanswered(reason(e));
    }

    @Override
    public Optional<String> fault() {
        try {
            if (settings.lookup() instanceof Search search) {
                return Optional.ofNullable(connections
                                        .searching()
                                        .getEntry(search.base().toString(), "1.1"))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of("ldap.base=" + search.base() + " isn't there, or may not be read");
            }
            connections.fresh().close();
            return Optional.empty();
        } catch (LDAPException e) {
            return Optional.of(reason(e));
        }
    }

    /** The library's messages have those of all causes in them, of which the innermost one says it. */
    private static String reason(LDAPException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        String innermost = INNERMOST
                .matcher(message)
                .results()
                .map(found -> found.group(1))
                .reduce((_, last) -> last)
                .orElse(message);
        String shown = innermost.length() <= LONGEST_REASON ? innermost : innermost.substring(0, LONGEST_REASON) + "…";
        return e.getResultCode().getName() + (shown.isBlank() ? "" : " (" + shown + ")");
    }

    @Override
    public void close() {
        connections.close();
    }
}
