package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.ClientCertificates;
import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.TlsMode;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import dev.zeroftpd.users.limit.LoginRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells which accounts are probably not what was meant. Stateless; one thread. */
final class AccountWarnings {

    /** Apache FtpServer's name for the administrator, which gives no rights here. */
    private static final String ADMINISTRATOR = "admin";

    private AccountWarnings() {}

    static List<String> of(Settings settings, Accounts accounts) {
        List<String> lines = new ArrayList<>();
        if (accounts.all().isEmpty()) {
            lines.add(settings.users().file()
                    + " has no account, so no client can log in; add one: ftpd user add NAME --home DIRECTORY");
        }
        for (String group : accounts.groupsWithoutMembers()) {
            lines.add("the group " + group
                    + " has no members; give it some, or remove its lines: ftpd user set NAME groups=" + group);
        }
        settings.users()
                .check()
                .group()
                .filter(group -> !accounts.hasGroup(group))
                .ifPresent(group -> lines.add(
                        "users.check-group is " + group + ", but there is no such group: write a line for it, such as"
                                + " ftpserver.group." + group + ".homedirectory=/srv/ftp/${user}"));
        for (Account account : accounts.all()) {
            addRules(settings, account, lines);
            addNames(settings, account, lines);
            addOtherNames(account, lines);
            if (account.passwordLooksLikeDesCrypt()) {
                lines.add(
                        "the password of " + account.getName() + " looks like a hash of DES crypt, but is taken for the"
                                + " password itself; if it is a hash: ftpd user passwd " + account.getName()
                                + "; if not, write {CLEAR} before it");
            }
            if (account.getEnabled() && account.rights().changeAnything() && isRoot(account)) {
                lines.add(account.getName() + " may write, and its home is /: it can change whatever the server may");
            }
        }
        return lines;
    }

    private static void addRules(Settings settings, Account account, List<String> lines) {
        LoginRules rules = account.rules();
        if (rules.isExpiredAt(Instant.now())) {
            lines.add(account.getName() + " has expired: no client can log in as it");
        }
        if (rules.tlsRequired() && settings.listeners().stream().allMatch(listener -> listener.tls() == TlsMode.OFF)) {
            lines.add(account.getName() + " needs TLS, but no listener offers it: set listener.tls");
        }
        if (!account.certificates().isEmpty() && !isAskedForCertificates(settings)) {
            lines.add(account.getName() + " needs a client certificate, but no client is asked for one: set"
                    + " tls.client-certificates and tls.client-authorities, and listener.tls");
        }
        if (account.rights().isNothing()) {
            lines.add(account.getName() + " may do nothing anywhere: see ftpd user show " + account.getName());
        }
    }

    private static boolean isAskedForCertificates(Settings settings) {
        return settings.tls().clientCertificates() != ClientCertificates.OFF
                && settings.listeners().stream().anyMatch(listener -> listener.tls() != TlsMode.OFF);
    }

    private static void addNames(Settings settings, Account account, List<String> lines) {
        String name = account.getName();
        if (settings.bans().names().stream().anyMatch(name::equalsIgnoreCase)) {
            lines.add(name + " is an account, but also in ban.names: logging in as it is a ban");
        }
        if (name.equals(ADMINISTRATOR) && !account.hasRole()) {
            lines.add("the account admin is no administrator by its name: set ftpserver.user.admin.role to admin, or to"
                    + " user if it isn't meant to be one");
        }
    }

    /** Permissions hold for a name, but a directory can have others, for one where the case of names makes no difference. */
    private static void addOtherNames(Account account, List<String> lines) {
        String home = account.getHomeDirectory();
        if (!account.getEnabled() || HomeUri.scheme(home).isPresent()) {
            return;
        }
        for (String path : account.rights().paths()) {
            String other = withOtherCase(path);
            if (!other.equals(path) && isSame(home + path, home + other)) {
                lines.add(account.getName() + " has permissions for " + path
                        + ", but the same directory is also there as "
                        + other + ", where they don't hold: use a file system that tells upper from lower case, and no"
                        + " such links");
                return;
            }
        }
    }

    private static String withOtherCase(String path) {
        StringBuilder other = new StringBuilder();
        path.codePoints()
                .map(letter ->
                        Character.isUpperCase(letter) ? Character.toLowerCase(letter) : Character.toUpperCase(letter))
                .forEach(other::appendCodePoint);
        return other.toString();
    }

    private static boolean isSame(String one, String other) {
        try {
            return Files.isSameFile(Path.of(one), Path.of(other));
        } catch (IOException | InvalidPathException absent) {
            return false;
        }
    }

    private static boolean isRoot(Account account) {
        String home = account.getHomeDirectory();
        return HomeUri.scheme(home).isEmpty() && PathRisks.real(Path.of(home)).getParent() == null;
    }
}
