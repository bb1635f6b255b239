package dev.zeroftpd.users.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.os.SystemCrypt;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.apache.ftpserver.usermanager.Md5PasswordEncryptor;
import org.apache.ftpserver.usermanager.PasswordEncryptor;
import org.apache.ftpserver.usermanager.SaltedPasswordEncryptor;
import org.apache.ftpserver.usermanager.Sha256PasswordEncryptor;
import org.apache.ftpserver.usermanager.Sha512PasswordEncryptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPasswordTest {

    private static final String PASSWORD = "gr\u00fc\u00df \u20ac 7";

    @Test
    void verifiesWhatApacheFtpServerStored() {
        for (PasswordEncryptor stock : new PasswordEncryptor[] {
            new Md5PasswordEncryptor(),
            new Sha256PasswordEncryptor(),
            new Sha512PasswordEncryptor(),
            new SaltedPasswordEncryptor()
        }) {
            String stored = stock.encrypt(PASSWORD);
            assertVerifiesOnly(stored, PASSWORD);
            assertVerifiesOnly(stored.toLowerCase(Locale.ROOT), PASSWORD);
        }
    }

    @Test
    void verifiesTheMd5OfApacheFtpServersOwnUsersProperties() {
        assertVerifiesOnly("21232F297A57A5A743894A0E4A801FC3", "admin");
    }

    @Test
    void verifiesSaltedMd5ByItsStoredSalt() {
        assertThat(StoredPassword.parse("12345:" + "A".repeat(32))).isInstanceOf(StoredPassword.SaltedMd5.class);
        assertThat(StoredPassword.parse("12345:secret")).isInstanceOf(StoredPassword.ClearText.class);
    }

    @Test
    void verifiesClearText() {
        assertVerifiesOnly("secret", "secret");
        assertVerifiesOnly("$5", "$5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2a$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi",
                "$2b$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi",
                "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi"
            })
    void verifiesBcrypt(String stored) {
        assertVerifiesOnly(stored, "password");
    }

    /** Made by {@code openssl passwd} and by crypt(3), with "pässword". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$1$saltsalt$QgbQ7EUpcKNQTLgSVL4qr/",
                "$apr1$saltsalt$553eXAj/BD3irf9w9nutz/",
                "$5$saltsalt$rQBvFGQx3u6doxkk7cvWbhhnhS2qa1.FI.tt6NGFH66",
                "$6$saltsalt$rVIyJtXnL0mXUCLepstXWqeOv9JVyd7nOH8wn0BvOU5lCiAviUJLxXZ5CkPgq6XNTHV22yG4mV0IO9gqPL5WQ.",
                "$6$rounds=20000$saltsalt$cheGzU5N4zIoBgXbgbn58jNEDGaqkhHYDIfZ7t6wbcixxoTfz2Z9txbD2nrnuLbGNd9PEWDO4QA.iv/6iavQu0",
                "{CRYPT}$6$saltsalt$rVIyJtXnL0mXUCLepstXWqeOv9JVyd7nOH8wn0BvOU5lCiAviUJLxXZ5CkPgq6XNTHV22yG4mV0IO9gqPL5WQ.",
                "{crypt}$1$saltsalt$QgbQ7EUpcKNQTLgSVL4qr/",
                "{CLEAR}pässword"
            })
    void verifiesCrypt(String stored) {
        assertVerifiesOnly(stored, "pässword");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$y$j9T$DdmNXwPYLCSgVm8k2FjHT1$/tFRn22.KpY6/9Qgvkd3/388.Ti5JMjbWVz884Y1C55",
                "$y$j75$DdmNXwPYLCSgVm8k2FjHT1$WUi9LkuhjTt9NoYZESyItkrgL1VaO6XpWzPc7PLOVj7"
            })
    void verifiesYescrypt(String stored) {
        assumeTrue(SystemCrypt.isSupported(), "yescrypt is the system's own libcrypt's");
        assertVerifiesOnly(stored, "pässword");
        assertThat(StoredPassword.parse(stored).matches("pässword" + "x".repeat(600)))
                .isFalse();
    }

    @Test
    void knowsWhatYescryptTakes() {
        assumeTrue(SystemCrypt.isSupported(), "yescrypt is the system's own libcrypt's");
        StoredPassword usual =
                StoredPassword.parse("$y$j9T$DdmNXwPYLCSgVm8k2FjHT1$/tFRn22.KpY6/9Qgvkd3/388.Ti5JMjbWVz884Y1C55");
        assertThat(usual.memoryKiB()).isEqualTo(16 * 1024);
        assertThat(usual.slow()).isTrue();
    }

    /** An hour of a core for each guess, and gigabytes. */
    @Test
    void refusesCryptThatCostsTooMuch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredPassword.parse("$6$rounds=100001$saltsalt$" + "a".repeat(86)))
                .withMessageContaining("100001 rounds; this server takes 1000 to 100000");
        assertThat(StoredPassword.parse("$6$rounds=100000$saltsalt$" + "a".repeat(86))
                        .slow())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredPassword.parse("$5$rounds=10$saltsalt$" + "a".repeat(43)))
                .withMessageContaining("10 rounds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredPassword.parse("$y$jFT$saltsalt$" + "a".repeat(43)))
                .withMessageContaining("memory");
    }

    /** Rounds over a whole command line would take a hundred times as long as over a password. */
    @Test
    void neverHashesMoreThanTheLongestPasswordOfCrypt() {
        String stored = Sha2Crypt.sha512Crypt("x".repeat(511).getBytes(StandardCharsets.US_ASCII), "$6$saltsalt");
        assertThat(StoredPassword.parse(stored).matches("x".repeat(511))).isTrue();
        assertThat(StoredPassword.parse(stored).matches("x".repeat(512))).isFalse();
    }

    /** Otherwise the hash itself would be the password. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
                "{SSHA}bm90IGEgcmVhbCBoYXNoIGF0IGFsbA==",
                "{ssha512}bm90IGEgcmVhbCBoYXNoIGF0IGFsbA==",
                "{PBKDF2-SHA256}10000$salt$hash",
                "{CRYPT}saZl7tCOjtyoQ",
                "{CRYPT}",
                "$7$saltsalt$hash",
                "$sha1$40000$salt$hash"
            })
    void refusesFormsThatItDoesNotVerify(String stored) {
        assertThatIllegalArgumentException().isThrownBy(() -> StoredPassword.parse(stored));
    }

    @Test
    void takesForClearWhatOnlyBeginsLikeAForm() {
        assertVerifiesOnly("{", "{");
        assertVerifiesOnly("{}x", "{}x");
        assertVerifiesOnly("{CLEAR}{SHA}x", "{SHA}x");
        assertVerifiesOnly("{CLEAR}$6$x", "$6$x");
        assertThat(StoredPassword.parse("{CLEAR}").matches("")).isFalse();
    }

    @Test
    void replacesCheapFormsOnly() {
        assertThat(StoredPassword.parse("$1$saltsalt$QgbQ7EUpcKNQTLgSVL4qr/").outdated())
                .isTrue();
        assertThat(StoredPassword.parse("{CLEAR}x").outdated()).isTrue();
        StoredPassword sha = StoredPassword.parse("{CRYPT}$5$saltsalt$rQBvFGQx3u6doxkk7cvWbhhnhS2qa1.FI.tt6NGFH66");
        assertThat(sha.outdated()).isFalse();
        assertThat(sha.cost()).isPositive();
    }

    @Test
    void verifiesTheExampleOfTheArgon2ReferenceImplementation() {
        assertVerifiesOnly("$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG", "password");
    }

    @Test
    void storesNewPasswordsAsArgon2idWithASaltOfTheirOwn() {
        String first = Argon2Hash.of(PASSWORD).text();
        String second = Argon2Hash.of(PASSWORD).text();

        assertThat(first).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(second);
        assertVerifiesOnly(first, PASSWORD);
    }

    @Test
    void neverTakesTheStoredHashItselfForThePassword() {
        for (String stored : new String[] {
            "21232F297A57A5A743894A0E4A801FC3",
            new Sha512PasswordEncryptor().encrypt("x"),
            new SaltedPasswordEncryptor().encrypt("x"),
            Argon2Hash.of("x").text()
        }) {
            assertThat(StoredPassword.parse(stored).matches(stored)).isFalse();
        }
    }

    @Test
    void letsNobodyInWhereNoPasswordIsStored() {
        assertThat(StoredPassword.parse("").matches("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$6$rounds=5000$salt$hash",
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ",
                "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG",
                "$argon2id$v=19$m=1,t=2,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG",
                "$2y$31$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi",
                "$2y$10$tooShort"
            })
    void refusesAModernHashThatItCannotVerify(String stored) {
        assertThatIllegalArgumentException().isThrownBy(() -> StoredPassword.parse(stored));
    }

    @Test
    void saysNothingOfThePasswordInALog() {
        assertThat(StoredPassword.parse("secret").toString()).doesNotContain("secret");
        assertThat(StoredPassword.parse("21232F297A57A5A743894A0E4A801FC3").toString())
                .isEqualTo("MD5");
    }

    private static void assertVerifiesOnly(String stored, String password) {
        StoredPassword parsed = StoredPassword.parse(stored);
        assertThat(parsed.matches(password)).as("%s with its password", parsed).isTrue();
        assertThat(parsed.matches(password + "x"))
                .as("%s with another password", parsed)
                .isFalse();
        assertThat(parsed.matches("")).as("%s with no password", parsed).isFalse();
        assertThat(parsed.text()).isEqualTo(stored);
    }
}
