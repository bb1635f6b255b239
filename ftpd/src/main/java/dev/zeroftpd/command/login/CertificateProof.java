package dev.zeroftpd.command.login;

import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import dev.zeroftpd.users.source.GuardedSource;
import java.util.Optional;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** What a client has proven by its certificate, of the account that it wants to log in as. Immutable; any thread. */
record CertificateProof(FtpIoSession session, FtpServerContext context, String name) {

    /**
     * The account, if its certificate was shown and is enough. Whether it can be used now is another matter.
     *
     * <p>Only one of the file: the others are let in by those who know them, who must be asked each time.
     */
    Optional<Account> account() {
        return named().filter(
                        account -> !account.isFromElsewhere() && !account.needsPassword() && !isLackingFor(account));
    }

    private Optional<Account> named() {
        return ours().flatMap(ours -> ours.accounts().find(name));
    }

    private Optional<AccountUserManager> ours() {
        return context.getUserManager() instanceof AccountUserManager ours ? Optional.of(ours) : Optional.empty();
    }

    /** Whether the account needs a certificate that the client hasn't shown. */
    boolean isLackingFor(Account account) {
        return !account.certificates().isEmpty()
                && ClientCertificate.valid(session)
                        .filter(account.certificates()::accept)
                        .isEmpty();
    }

    /** What a password that isn't right has failed for: the log tells people of certificates. */
    Login.Failure failure() {
        return named().filter(this::isLackingFor).isPresent() ? Login.Failure.CERTIFICATE : Login.Failure.WRONG;
    }

    /** How a client has logged in, for people; empty if by a password of the file alone. */
    String words(User user) {
        if (!(user instanceof Account account)) {
            return "";
        }
        String password = account.isFromElsewhere()
                ? ours().flatMap(ours -> ours.elsewhere().source())
                        .map(GuardedSource::name)
                        .orElse("")
                : account.needsPassword() ? "password" : "";
        if (account.certificates().isEmpty()) {
            return account.isFromElsewhere() ? "by " + password : "";
        }
        String subject = ClientCertificate.shown(session)
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .orElse("");
        return "by " + (password.isEmpty() ? "" : password + " and ") + "certificate " + subject;
    }
}
