package dev.zeroftpd.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import dev.zeroftpd.ldap.LdapSettings.AccountMapping;
import dev.zeroftpd.ldap.LdapSettings.Credentials;
import dev.zeroftpd.ldap.LdapSettings.Direct;
import dev.zeroftpd.ldap.LdapSettings.GroupLookup;
import dev.zeroftpd.ldap.LdapSettings.Lookup;
import dev.zeroftpd.ldap.LdapSettings.Search;
import dev.zeroftpd.ldap.LdapSettings.Server;
import dev.zeroftpd.spi.InvalidSettingsException;
import dev.zeroftpd.spi.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Reads the settings of this plugin, and finds everything that is wrong with them. One thread, one reading. */
final class LdapSettingsReader {

    private static final Set<String> KEYS = Set.of(
            "url",
            "start-tls",
            "ca-file",
            "bind-dn",
            "password-file",
            "base",
            "filter",
            "dn",
            "name-attribute",
            "home",
            "attributes",
            "groups",
            "member-of",
            "group-base",
            "group-filter",
            "group-name-attribute",
            "group-required",
            "connections");

    private static final String MEMBERS = "(|(member=${dn})(uniqueMember=${dn})(memberUid=${user}))";

    /** RFC 4512, section 2.5; names only, no numbers. */
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    /** More would only wait in the directory: the server asks no more questions than 16 at once. */
    private static final int MOST_CONNECTIONS = 64;

    private static final int DEFAULT_CONNECTIONS = 8;

    private final SourceSettings settings;
    private final Faults faults = new Faults();

    private LdapSettingsReader(SourceSettings settings) {
        this.settings = settings;
    }

    /** @throws InvalidSettingsException with everything that is wrong */
    static LdapSettings read(SourceSettings settings) throws InvalidSettingsException {
        return new LdapSettingsReader(settings).read();
    }

    private LdapSettings read() throws InvalidSettingsException {
        settings.values().keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> faults.add(
                        key,
                        " is not a setting of the plugin",
                        "remove it, or use one of "
                                + String.join(", ", KEYS.stream().sorted().toList())));
        List<Server> servers = servers();
        Optional<SSLContext> trust = trust(servers);
        Optional<Lookup> lookup = lookup();
        AccountMapping account = account();
        int connections = connections();
        faults.requireNone();
        // half for connecting, half for the answer
        return new LdapSettings(
                servers,
                trust,
                lookup.orElseThrow(),
                account,
                connections,
                settings.timeout().dividedBy(2));
    }

    private List<Server> servers() {
        List<Server> servers = new ArrayList<>();
        for (String text : words("url")) {
            try {
                LDAPURL url = new LDAPURL(text);
                boolean alone = !url.baseDNProvided() && !url.filterProvided() && !url.attributesProvided();
                if (!url.hostProvided() || !alone) {
                    faults.add(
                            "url",
                            "=" + shown(text) + " must name a host, and nothing behind it",
                            "write ldaps://HOST");
                } else {
                    servers.add(new Server(
                            url.getHost(), url.getPort(), url.getScheme().equals("ldaps")));
                }
            } catch (LDAPException e) {
                faults.add(
                        "url",
                        "=" + shown(text) + " is not the URL of a directory",
                        "write ldaps://HOST or ldap://HOST:PORT");
            }
        }
        if (servers.isEmpty() && settings.find("url").isEmpty()) {
            faults.add("url", " is missing", "write ldap.url=ldaps://HOST");
        }
        return servers;
    }

    /** What stands before an at sign, or behind a question mark, may be a password. */
    private static String shown(String url) {
        return url.contains("@") || url.contains("?") ? "…" : url;
    }

    /** In clear, passwords may only go to this machine. */
    private Optional<SSLContext> trust(List<Server> servers) {
        boolean starts = yes("start-tls", true);
        for (Server server : servers) {
            if (!server.tls() && !starts && !LOOPBACK.matcher(server.host()).matches()) {
                faults.add(
                        "start-tls",
                        "=false would send passwords to " + server.host() + " in clear",
                        "use ldaps, or remove ldap.start-tls; only this machine itself may be asked without TLS");
            }
        }
        boolean needed = starts || servers.stream().anyMatch(Server::tls);
        if (!needed) {
            return Optional.empty();
        }
        try {
            return Optional.of(Trust.in(settings.find("ca-file").map(Path::of)));
        } catch (IOException e) {
            faults.add("ca-file", " can't be used: " + e.getMessage(), "name a file of certificates in PEM");
            return Optional.empty();
        }
    }

    private Optional<Lookup> lookup() {
        Optional<String> template = settings.find("dn");
        if (template.isEmpty()) {
            return search();
        }
        for (String key : List.of("bind-dn", "password-file", "base", "filter")) {
            if (settings.find(key).isPresent()) {
                faults.add(key, " means nothing beside ldap.dn", "remove one of them");
            }
        }
        if (!template.get().contains(NameTemplate.USER)) {
            faults.add("dn", " has no ${user}", "write for example uid=${user},ou=people,dc=example,dc=org");
        }
        try {
            return Optional.of(new Direct(NameTemplate.parse(template.get())));
        } catch (LDAPException e) {
            faults.add("dn", "=" + template.get() + " is no distinguished name", "write uid=${user},dc=example,dc=org");
            return Optional.empty();
        }
    }

    private Optional<Lookup> search() {
        Optional<DN> base = name("base");
        if (base.isEmpty() && settings.find("base").isEmpty()) {
            faults.add("base", " is missing", "write where accounts are searched for, or ldap.dn where each is");
        }
        String filter = filter("filter", "(" + nameAttribute() + "=${user})");
        if (!filter.contains(NameTemplate.USER)) {
            faults.add("filter", " has no ${user}", "write for example (uid=${user})");
        }
        Optional<Credentials> credentials = credentials();
        return base.map(found -> new Search(credentials, found, filter));
    }

    private Optional<Credentials> credentials() {
        Optional<DN> dn = name("bind-dn");
        Optional<String> file = settings.find("password-file");
        if (settings.find("bind-dn").isPresent() != file.isPresent()) {
            String missing = file.isPresent() ? "bind-dn" : "password-file";
            faults.add(missing, " is missing", "set ldap.bind-dn and ldap.password-file, or neither");
        }
        if (dn.isEmpty() || file.isEmpty()) {
            return Optional.empty();
        }
        try {
            String password =
                    Files.readString(Path.of(file.get())).lines().findFirst().orElse("");
            if (password.isEmpty()) {
                faults.add("password-file", " has nothing in its first line", "write the password there");
            }
            return Optional.of(new Credentials(dn.get(), password));
        } catch (IOException e) {
            faults.add("password-file", " can't be read as text", "name a file that the server's user may read");
            return Optional.empty();
        }
    }

    private AccountMapping account() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String pair : words("attributes")) {
            int colon = pair.lastIndexOf(':');
            String attribute = pair.substring(colon + 1);
            if (colon <= 0 || !ATTRIBUTE.matcher(attribute).matches()) {
                faults.add(
                        "attributes", ": " + pair + " is no pair", "write KEY:ATTRIBUTE, such as quota-bytes:ftpQuota");
            } else if (attributes.put(pair.substring(0, colon), attribute) != null) {
                faults.add("attributes", " names " + pair.substring(0, colon) + " twice", "keep one");
            }
        }
        return new AccountMapping(nameAttribute(), settings.find("home"), attributes, groups());
    }

    private GroupLookup groups() {
        GroupLookup groups = new GroupLookup(
                words("groups"),
                settings.find("member-of").map(text -> attribute("member-of", text)),
                name("group-base"),
                filter("group-filter", MEMBERS),
                attribute(
                        "group-name-attribute",
                        settings.find("group-name-attribute").orElse("cn")),
                yes("group-required", false));
        if (groups.memberOf().isPresent() && settings.find("group-base").isEmpty()) {
            faults.add(
                    "group-base",
                    " is missing beside ldap.member-of: any entry that "
                            + groups.memberOf().get() + " names would be taken for a group",
                    "write below which entry your groups are, such as ou=groups,dc=example,dc=org");
        }
        if (groups.required()
                && groups.memberOf().isEmpty()
                && settings.find("group-base").isEmpty()) {
            faults.add(
                    "group-required",
                    "=true, but no account is known to be in a group",
                    "set ldap.member-of or ldap.group-base");
        }
        return groups;
    }

    private int connections() {
        String text = settings.find("connections").orElse(Integer.toString(DEFAULT_CONNECTIONS));
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST_CONNECTIONS) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, as of one that doesn't fit
        }
        faults.add("connections", "=" + text + " is not a number that fits", "use one from 1 to " + MOST_CONNECTIONS);
        return 1;
    }

    private String nameAttribute() {
        return attribute("name-attribute", settings.find("name-attribute").orElse("uid"));
    }

    private String attribute(String key, String text) {
        if (!ATTRIBUTE.matcher(text).matches()) {
            faults.add(key, "=" + text + " is not the name of an attribute", "write one such as uid");
        }
        return text;
    }

    private boolean yes(String key, boolean unset) {
        String text = settings.find(key).orElse(Boolean.toString(unset));
        if (!text.equals("true") && !text.equals("false")) {
            faults.add(key, "=" + text + " is neither yes nor no", "use true or false");
        }
        return text.equals("true");
    }

    private Optional<DN> name(String key) {
        Optional<String> text = settings.find(key);
        try {
            return text.isPresent() ? Optional.of(new DN(text.get())) : Optional.empty();
        } catch (LDAPException e) {
            faults.add(key, "=" + text.orElse("") + " is no distinguished name", "write one such as dc=example,dc=org");
            return Optional.empty();
        }
    }

    private String filter(String key, String unset) {
        String text = settings.find(key).orElse(unset);
        try {
            Filter _ = Filters.of(text, Map.of(NameTemplate.USER, "x", Filters.DN, "dc=x"));
        } catch (LDAPException e) {
            faults.add(key, "=" + text + " is no filter", "write one such as (uid=${user}) (RFC 4515)");
        }
        return text;
    }

    /** Words with commas between them. */
    private List<String> words(String key) {
        return settings.find(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
