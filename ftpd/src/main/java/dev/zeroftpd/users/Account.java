package dev.zeroftpd.users;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.AuthorizationRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.TransferRatePermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.jspecify.annotations.Nullable;

/**
 * One account of {@code users.properties}, as Apache FtpServer's {@link User} so that its commands and Ftplets see it.
 * Immutable; any thread.
 *
 * <p>Its authorities are Apache FtpServer's own classes. What they can't say (rates beyond 2 GiB/s, and the rates that all
 * transfers of the account share) is in {@link #rates()}.
 */
public final class Account implements User {

    private static final Pattern DES_CRYPT = Pattern.compile("[./A-Za-z0-9]{13}");

    private final String name;
    private final StoredPassword password;
    private final String home;
    private final boolean enabled;
    private final int idleSeconds;
    private final AccountRates rates;
    private final Optional<Role> role;
    private final List<Authority> authorities;

    Account(AccountAttributes attributes) {
        this.name = attributes.name();
        this.password = attributes.password();
        this.home = attributes.home();
        this.enabled = attributes.enabled();
        this.idleSeconds = attributes.idleSeconds();
        this.rates = attributes.rates();
        this.role = attributes.role();
        this.authorities = authorities(attributes);
    }

    private static List<Authority> authorities(AccountAttributes attributes) {
        List<Authority> authorities = new ArrayList<>();
        if (attributes.writePermission()) {
            authorities.add(new WritePermission());
        }
        LoginLimits logins = attributes.logins();
        authorities.add(new ConcurrentLoginPermission(logins.sessions(), logins.sessionsPerAddress()));
        AccountRates rates = attributes.rates();
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
        return authorities;
    }

    @Override
    public List<? extends Authority> getAuthorities(Class<? extends Authority> kind) {
        return authorities.stream()
                .filter(authority -> authority.getClass().equals(kind))
                .toList();
    }

    /** {@inheritDoc} Null is the interface's word for "no". */
    @Override
    public @Nullable AuthorizationRequest authorize(AuthorizationRequest request) {
        AuthorizationRequest answer = null;
        for (Authority authority : authorities) {
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
        return idleSeconds;
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
        return rates;
    }

    /** Whether it may use what is for administrators: by its role only, whatever its name is. */
    public boolean isAdministrator() {
        return role.filter(Role.ADMIN::equals).isPresent();
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
        return password instanceof StoredPassword.ClearText clear
                && DES_CRYPT.matcher(clear.text()).matches();
    }

    /** Its name: nothing else of an account belongs into a log. */
    @Override
    public String toString() {
        return name;
    }
}
