package dev.zeroftpd.it.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ServerProcess} is started with. Immutable.
 *
 * @param settings of config/ftpd.properties
 * @param userLines of users.properties, behind those of the accounts
 * @param wrapper a command that runs the server as its own process, as {@code strace -D} does; empty for none
 */
public record ServerOptions(
        Map<String, String> settings, List<Account> accounts, List<String> userLines, List<String> wrapper) {

    public ServerOptions {
        settings = Map.copyOf(settings);
        accounts = List.copyOf(accounts);
        userLines = List.copyOf(userLines);
        wrapper = List.copyOf(wrapper);
    }

    /** One listener for IPv4 and one for IPv6 on free ports of the loopback interface, any passive port, one account. */
    public static ServerOptions standard() {
        return new ServerOptions(
                Map.of(
                        "listener.address", "127.0.0.1",
                        "listener.port", "0",
                        "listener.six.address", "::1",
                        "listener.six.port", "0",
                        "passive.ports", "0",
                        // All clients of a test have the same address.
                        "limits.sessions-per-address", "0",
                        // No test is about the cost of a strong hash, and the file stays as the test wrote it.
                        "users.upgrade-hashes", "false",
                        "shutdown.grace", "1s"),
                List.of(Account.ALICE),
                List.of(),
                List.of());
    }

    public ServerOptions with(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put(key, value);
        return new ServerOptions(changed, accounts, userLines, wrapper);
    }

    public ServerOptions with(Account account) {
        List<Account> more = new ArrayList<>(accounts);
        more.add(account);
        return new ServerOptions(settings, more, userLines, wrapper);
    }

    /** With what accounts have beyond {@link Account}. */
    public ServerOptions withUserLines(String... lines) {
        return new ServerOptions(settings, accounts, List.of(lines), wrapper);
    }

    public ServerOptions wrappedBy(List<String> command) {
        return new ServerOptions(settings, accounts, userLines, command);
    }
}
