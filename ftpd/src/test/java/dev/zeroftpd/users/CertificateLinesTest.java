package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.config.reader.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of {@code users.properties} by which certificates stand for accounts. */
class CertificateLinesTest {

    private static final String HEX = "793dd8ed2197dd93125e45b6b36e1c89f51a55dba8205eb2dad79393ff180220";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void createHome() throws IOException {
        Files.createDirectories(folder.resolve("home"));
        file = folder.resolve("users.properties");
    }

    private Accounts read(String lines) throws IOException, ConfigException {
        Files.writeString(file, lines);
        return Accounts.read(file);
    }

    @Test
    void aCertificateWithoutPasswordIsEnoughAndWithOneIsNot() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.alone.homedirectory=home
            ftpserver.user.alone.certificate=CN=alone
            ftpserver.user.both.homedirectory=home
            ftpserver.user.both.userpassword=secret
            ftpserver.user.both.certificate=%s
            ftpserver.user.none.homedirectory=home
            """.formatted(HEX));

        assertThat(accounts.find("alone").orElseThrow().needsPassword()).isFalse();
        assertThat(accounts.find("both").orElseThrow().needsPassword()).isTrue();
        assertThat(accounts.find("none").orElseThrow().needsPassword()).isTrue();
        assertThat(AccountView.of(file, "alone"))
                .contains(
                        new AccountView("userpassword", "none: the certificate is enough", "default"),
                        new AccountView("certificate", "CN=alone", "user, line 2"));
        assertThat(AccountView.of(file, "none")).contains(new AccountView("certificate", "none", "default"));
    }

    @Test
    void membersOfAGroupHaveItsCertificateByTheirNames() throws Exception {
        read("""
            ftpserver.user.bob.groups=partners
            ftpserver.group.partners.homedirectory=home
            ftpserver.group.partners.certificate=CN=${user},O=Partners
            """);

        assertThat(AccountView.of(file, "bob"))
                .contains(new AccountView("certificate", "CN=bob,O=Partners", "group partners, line 3"));
    }

    @Test
    void saysWhatIsWrongWithItsLine() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read("""
                    ftpserver.user.bob.homedirectory=home
                    ftpserver.user.bob.certificate=bob
                    ftpserver.user.anonymous.homedirectory=home
                    ftpserver.user.anonymous.certificate=CN=all
                    ftpserver.group.empty.certificate=CN=
                    ftpserver.group.idle.certificate=12:34
                    """))
                .withMessageContaining(":2: ftpserver.user.bob.certificate: bob is neither")
                .withMessageContaining(":4: ftpserver.user.anonymous.certificate: anonymous is for all")
                .withMessageContaining(":6: ftpserver.group.idle.certificate: 12:34 is neither")
                .withMessageContaining("openssl x509 -noout -subject -nameopt RFC2253");
    }

    @Test
    void isWrittenByTheCommandsThatEditAccounts() throws Exception {
        read("");
        UsersFile users = new UsersFile(file);
        users.add(new UsersFile.NewAccount(
                "eve", Optional.of("home"), false, Optional.empty(), Optional.empty(), Optional.of("CN=eve,O=X")));
        users.set("eve", Map.of("certificate", HEX));

        assertThat(Files.readString(file)).contains("ftpserver.user.eve.certificate=" + HEX);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> users.set("eve", Map.of("certificate", "eve")))
                .withMessageContaining("neither");
    }
}
