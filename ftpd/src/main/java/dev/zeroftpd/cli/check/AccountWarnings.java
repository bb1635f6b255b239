package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.ftpserver.usermanager.impl.WriteRequest;

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
        for (Account account : accounts.all()) {
            addNames(settings, account, lines);
            if (account.passwordLooksLikeDesCrypt()) {
                lines.add(
                        "the password of " + account.getName() + " looks like a hash of DES crypt, but is taken for the"
                                + " password itself; if it is a hash: ftpd user passwd " + account.getName()
                                + "; if not, write {CLEAR} before it");
            }
            if (account.getEnabled() && account.authorize(new WriteRequest()) != null && isRoot(account)) {
                lines.add(account.getName() + " may write, and its home is /: it can change whatever the server may");
            }
        }
        return lines;
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

    private static boolean isRoot(Account account) {
        String home = account.getHomeDirectory();
        return HomeUri.scheme(home).isEmpty() && PathRisks.real(Path.of(home)).getParent() == null;
    }
}
