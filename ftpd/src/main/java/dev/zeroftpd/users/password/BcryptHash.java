package dev.zeroftpd.users.password;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * A bcrypt hash as {@code htpasswd}, PHP and others make it: {@code $2a$}, {@code $2b$} or {@code $2y$}, the cost, 53
 * characters. Verified only; new passwords get Argon2. Immutable; any thread.
 */
record BcryptHash(String text) implements StoredPassword {

    /** Costs from 04, the least that bcrypt has, to 16, which takes some seconds: more would block a core for a login. */
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(?:0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

    /** Where the cost is: {@code $2y$10$}. */
    private static final int COST = 4;

    /** 0.06 s for a cost of 10; each further one doubles it. */
    private static final long MICROS_OF_COST_0 = 60;

    /** @throws IllegalArgumentException if it isn't one, or costs too much */
    static BcryptHash parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "the password begins like a bcrypt hash, but isn't one ($2a$, $2b$ or $2y$, cost 04 to 16)");
        }
        return new BcryptHash(text);
    }

    @Override
    public boolean matches(String password) {
        return OpenBSDBCrypt.checkPassword(text, password.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public long cost() {
        return MICROS_OF_COST_0 << Integer.parseInt(text, COST, COST + 2, 10);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "Bcrypt";
    }
}
