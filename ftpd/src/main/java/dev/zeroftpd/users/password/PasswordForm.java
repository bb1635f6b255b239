package dev.zeroftpd.users.password;

import java.util.Optional;
import java.util.regex.Pattern;

/** Says which hashes of other programs can be verified here. Stateless; any thread. */
public final class PasswordForm {

    /** Two characters of salt and eleven of hash. */
    private static final Pattern DES = Pattern.compile("[./0-9A-Za-z]{13}");

    private static final Pattern BSDI_DES = Pattern.compile("_[./0-9A-Za-z]{19}");

    private PasswordForm() {}

    /** Why a hash can't be taken over as it is, in a clause; nothing if it can. */
    public static Optional<String> fault(String hash) {
        if (hash.isEmpty()) {
            return Optional.of("it has no password");
        }
        if (looksLikeDes(hash) || BSDI_DES.matcher(hash).matches()) {
            return Optional.of("its password is a DES hash, which any machine can guess");
        }
        try {
            return switch (StoredPassword.parse(hash)) {
                // A person who knows the hash could log in.
                case StoredPassword.ClearText _ ->
                    Optional.of("its password is no hash of a form that this server knows");
                case StoredPassword.Missing _ -> Optional.of("it has no password");
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** True for a hash of DES crypt; a password in clear can look the same. */
    public static boolean looksLikeDes(String stored) {
        return DES.matcher(stored).matches();
    }

    /** The form of a stored password in a word or two, without anything of it. */
    public static String describe(StoredPassword stored) {
        return switch (stored) {
            case StoredPassword.Missing _ -> "none";
            case StoredPassword.ClearText _ -> "clear text";
            case StoredPassword.Digest digest -> digest.algorithm() + " hash";
            case StoredPassword.SaltedMd5 _ -> "salted MD5 hash";
            case TaggedPassword tagged -> describe(tagged.form());
            case Argon2Hash _ -> "Argon2 hash";
            case BcryptHash _ -> "bcrypt hash";
            case YescryptHash _ -> "yescrypt hash";
            case CryptHash _ -> "crypt(3) hash";
        };
    }
}
