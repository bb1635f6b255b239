package dev.zeroftpd.command.session;

import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import dev.zeroftpd.users.Accounts;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** Which sessions an administrator may see and end: with the role {@code admin:GROUP}, those of the group. Stateless; any thread. */
final class Administered {

    private Administered() {}

    static Predicate<SessionView> by(FtpIoSession session, FtpServerContext context) {
        if (!(context.getUserManager() instanceof AccountUserManager ours)) {
            return _ -> true;
        }
        return by(session.getUser().getName(), ours.accounts());
    }

    /** None, if the account is no administrator any more. */
    static Predicate<SessionView> by(String name, Accounts accounts) {
        Optional<Account> administrator = accounts.find(name);
        if (administrator.filter(Account::isAdministrator).isPresent()) {
            return _ -> true;
        }
        Optional<String> group = administrator.flatMap(Account::administeredGroup);
        return view -> group.isPresent()
                && view.user()
                        .flatMap(accounts::find)
                        .filter(account -> account.groups().contains(group.get()))
                        .isPresent();
    }
}
