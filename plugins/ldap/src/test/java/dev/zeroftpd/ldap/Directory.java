package dev.zeroftpd.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** A directory of a few people and groups, in this process. Any thread. */
final class Directory implements AutoCloseable {

    static final String BASE = "dc=example,dc=org";
    static final String SEARCHER = "cn=ftp server,dc=example,dc=org";
    static final String SEARCHER_PASSWORD = "of the server";

    private final InMemoryDirectoryServer server;

    private Directory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    /** In clear, or with StartTLS. */
    static Directory start(int port, TestKey key) throws Exception {
        return start(InMemoryListenerConfig.createLDAPConfig(
                "ldap", loopback(), port, key.context().getSocketFactory()));
    }

    static Directory startEncrypted(int port, TestKey key) throws Exception {
        SSLContext context = key.context();
        return start(InMemoryListenerConfig.createLDAPSConfig(
                "ldaps", loopback(), port, context.getServerSocketFactory(), context.getSocketFactory()));
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static Directory start(InMemoryListenerConfig listener) throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setListenerConfigs(listener);
        config.setSchema(null);
        config.addAdditionalBindCredentials(SEARCHER, SEARCHER_PASSWORD);
        // who isn't anybody finds nothing
        config.setAuthenticationRequiredOperationTypes(Set.of(OperationType.SEARCH));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.add("dn: " + BASE, "objectClass: domain", "dc: example");
        server.add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
        server.add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
        Directory directory = new Directory(server);
        directory.person("bob", "secret of bob", "ftpQuota: 1MiB", "memberOf: cn=staff,ou=groups," + BASE);
        directory.person("eve", "secret of eve");
        directory.person("local", "of the directory");
        directory.person("a*b", "star");
        directory.person("comma, inc", "secret of comma");
        server.add(
                "dn: cn=staff,ou=groups," + BASE,
                "objectClass: groupOfNames",
                "cn: staff",
                "member: uid=bob,ou=people," + BASE);
        server.add("dn: cn=other,ou=groups," + BASE, "objectClass: groupOfNames", "cn: other", "memberUid: bob");
        server.startListening();
        return directory;
    }

    void person(String name, String password, String... more) throws LDAPException, LDIFException {
        List<String> lines = new ArrayList<>(List.of(
                "dn: uid=" + name.replace(",", "\\,") + ",ou=people," + BASE,
                "objectClass: inetOrgPerson",
                "uid: " + name,
                "cn: somebody",
                "userPassword: " + password));
        lines.addAll(List.of(more));
        server.add(lines.toArray(String[]::new));
    }

    int port() {
        return server.getListenPort();
    }

    /** Ends its connections, too. */
    void stop() {
        server.shutDown(true);
    }

    /** On the same port as before. */
    void startAgain() throws LDAPException {
        server.startListening();
    }

    @Override
    public void close() {
        stop();
    }
}
