package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
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
