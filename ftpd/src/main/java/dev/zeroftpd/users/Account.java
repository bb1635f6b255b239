package dev.zeroftpd.users;

import dev.zeroftpd.rights.Rights;
import dev.zeroftpd.rights.RightsHolder;
import dev.zeroftpd.users.certificate.AcceptedCertificates;
import dev.zeroftpd.users.limit.AccountRates;
import dev.zeroftpd.users.limit.LoginLimits;
import dev.zeroftpd.users.limit.LoginRules;
import dev.zeroftpd.users.limit.StorageLimits;
import dev.zeroftpd.users.password.PasswordForm;
import dev.zeroftpd.users.password.StoredPassword;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.AuthorizationRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.TransferRatePermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.jspecify.annotations.Nullable;

/**
 * One account of {@code users.properties}, or of another place that is asked about its password, as Apache FtpServer's {@link User} so that its commands and Ftplets see it.
 * Immutable; any thread.
 *
 * <p>Its authorities are Apache FtpServer's own classes, but for rights that differ by path. What they can't say (rates beyond
 * 2 GiB/s, and the rates that all transfers of the account share) is in {@link #rates()}.
 */
public final class Account implements User, RightsHolder {

    private final String name;
    private final StoredPassword password;
    private final String home;
    private final boolean enabled;
    private final AccountAttributes.Limits limits;
    private final Rights rights;
    private final LoginRules rules;
    private final AcceptedCertificates certificates;
    private final List<String> groups;
    private final Optional<Role> role;
    private final List<VirtualFolder> folders;
    private final boolean fromElsewhere;

    Account(AccountAttributes attributes) {
        this.name = attributes.name();
        this.password = attributes.password();
        this.home = attributes.home();
        this.enabled = attributes.enabled();
        this.limits = attributes.limits();
        this.rights = attributes.rights();
        this.rules = attributes.rules();
        this.certificates = attributes.certificates();
        this.groups = attributes.groups();
        this.role = attributes.role();
        this.folders = List.copyOf(attributes.folders());
        this.fromElsewhere = attributes.fromElsewhere();
    }

    /** Made when they are asked for, at logins: most of a hundred thousand accounts are not logged in. */
    private List<Authority> authorities() {
        List<Authority> authorities = new ArrayList<>();
        if (rights.equals(Rights.ALL)) {
            authorities.add(new WritePermission());
        } else if (rights.changeAnything()) {
            authorities.add(new WriteByPath(rights));
        }
        LoginLimits logins = limits.logins();
        authorities.add(new ConcurrentLoginPermission(logins.sessions(), logins.sessionsPerAddress()));
        AccountRates rates = limits.rates();
        authorities.add(new TransferRatePermission(clamped(rates.download()), clamped(rates.upload())));
        return List.copyOf(authorities);
    }

    private static int clamped(long rate) {
        return (int) Math.min(rate, Integer.MAX_VALUE);
    }

    @Override
    public String getName() {
        return name;
    }

    /** Always null, as with Apache FtpServer: the stored password stays in this package. */
    @Override
    public @Nullable String getPassword() {
        return null;
    }

    /** What the file says of the password; never leaves this package. */
    StoredPassword storedPassword() {
        return password;
    }

    @Override
    public List<? extends Authority> getAuthorities() {
        return authorities();
    }

    @Override
    public List<? extends Authority> getAuthorities(Class<? extends Authority> kind) {
        return authorities().stream()
                .filter(authority -> authority.getClass().equals(kind))
                .toList();
    }

    /** {@inheritDoc} Null is the interface's word for "no". */
    @Override
    public @Nullable AuthorizationRequest authorize(AuthorizationRequest request) {
        AuthorizationRequest answer = null;
        for (Authority authority : authorities()) {
            if (authority.canAuthorize(request)) {
                answer = authority.authorize(request);
                if (answer == null) {
                    return null;
                }
            }
        }
        return answer;
    }

    /** Seconds; 0 leaves it to the listener. */
    @Override
    public int getMaxIdleTime() {
        return limits.idleSeconds();
    }

    @Override
    public boolean getEnabled() {
        return enabled;
    }

    /** An absolute path of the default file system, or the URI of another one. */
    @Override
    public String getHomeDirectory() {
        return home;
    }

    public AccountRates rates() {
        return limits.rates();
    }

    /** What it may store in its home, and for how long. */
    public StorageLimits storage() {
        return limits.storage();
    }

    @Override
    public Rights rights() {
        return rights;
    }

    /** From where, until when and how it may log in. */
    public LoginRules rules() {
        return rules;
    }

    /** One of them has to be shown by its clients; empty where none is asked for. */
    public AcceptedCertificates certificates() {
        return certificates;
    }

    /** Whether its clients have to know a password: also if it has none, so that no password is right. */
    public boolean needsPassword() {
        return certificates.isEmpty() || !password.missing();
    }

    /** Whether it is none of the file's: then those who know it are asked at each log-in, whatever the client can prove. */
    public boolean isFromElsewhere() {
        return fromElsewhere;
    }

    /** The virtual folders that it sees in its home. */
    public List<VirtualFolder> folders() {
        return folders;
    }

    /** The groups that it is in, in their order. */
    public List<String> groups() {
        return groups;
    }

    /** Whether it may use everything that is for administrators: by its role only, whatever its name is. */
    public boolean isAdministrator() {
        return role.filter(Role.ADMIN::equals).isPresent();
    }

    /** The group whose sessions it may see and end, if its role is {@code admin:GROUP}. */
    public Optional<String> administeredGroup() {
        return role.filter(Role::administrator).flatMap(Role::group);
    }

    /** Whether the file says what role it has. */
    public boolean hasRole() {
        return role.isPresent();
    }

    /**
     * Whether its stored password has the shape of a hash of DES crypt: 13 characters of crypt's alphabet. It is taken for a
     * password in clear, so that the hash itself would log in.
     */
    public boolean passwordLooksLikeDesCrypt() {
        return password instanceof StoredPassword.ClearText clear && PasswordForm.looksLikeDes(clear.text());
    }

    /** Its name: nothing else of an account belongs into a log. */
    @Override
    public String toString() {
        return name;
    }
}
