package dev.zeroftpd.users.password;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stored password that says its form in braces, as LDAP does: {@code {CLEAR}secret}, {@code {CRYPT}$6$…}. Immutable; any
 * thread.
 */
record TaggedPassword(String text, StoredPassword form) implements StoredPassword {

    static final Pattern FORM =
            Pattern.compile("\\{(?<scheme>[A-Za-z0-9][A-Za-z0-9._/-]*)\\}(?<rest>.*)", Pattern.DOTALL);

    /** @throws IllegalArgumentException unless it is one of the two that can be verified */
    static TaggedPassword parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the password has no scheme in braces");
        }
        String scheme = matcher.group("scheme").toUpperCase(Locale.ROOT);
        String rest = matcher.group("rest");
        return switch (scheme) {
            case "CLEAR" -> new TaggedPassword(text, rest.isEmpty() ? new Missing() : new ClearText(rest));
            case "CRYPT" -> new TaggedPassword(text, crypt(rest));
            default ->
                throw new IllegalArgumentException("{" + scheme + "} is a form of hash that this server doesn't verify"
                        + " (a password that begins with braces is written {CLEAR}{…)");
        };
    }

    private static StoredPassword crypt(String hash) {
        if (!StoredPassword.isModern(hash)) {
            throw new IllegalArgumentException(
                    "{CRYPT} is not followed by $scheme$…: DES crypt is too weak to be verified");
        }
        return StoredPassword.parse(hash);
    }

    @Override
    public boolean matches(String password) {
        return form.matches(password);
    }

    @Override
    public boolean slow() {
        return form.slow();
    }

    @Override
    public boolean quick() {
        return form.quick();
    }

    @Override
    public boolean missing() {
        return form.missing();
    }

    @Override
    public long cost() {
        return form.cost();
    }

    @Override
    public int memoryKiB() {
        return form.memoryKiB();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return form.toString();
    }
}
