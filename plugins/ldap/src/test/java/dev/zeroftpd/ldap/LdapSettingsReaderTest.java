package dev.zeroftpd.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zeroftpd.ldap.LdapSettings.Credentials;
import dev.zeroftpd.ldap.LdapSettings.Direct;
import dev.zeroftpd.ldap.LdapSettings.Search;
import dev.zeroftpd.ldap.LdapSettings.Server;
import dev.zeroftpd.spi.InvalidSettingsException;
import dev.zeroftpd.spi.SourceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LdapSettingsReaderTest {

    @TempDir
    private Path folder;

    private static LdapSettings read(Map<String, String> values) throws InvalidSettingsException {
        return LdapSettingsReader.read(new SourceSettings(new TreeMap<>(values), Duration.ofSeconds(10)));
    }

    private static List<String> faults(Map<String, String> values) {
        InvalidSettingsException wrong = catchThrowableOfType(InvalidSettingsException.class, () -> read(values));
        return wrong.faults().stream().map(InvalidSettingsException.Fault::what).toList();
    }

    @Test
    void readsAllOfIt() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "of the server\n");
        LdapSettings settings = read(Map.of(
                "url", "ldaps://one, ldap://two:1389",
                "bind-dn", "cn=x",
                "password-file", password.toString(),
                "base", "dc=example",
                "home", "/srv/${user}",
                "attributes", "quota-bytes:ftpQuota, permissions./in:ftpIn",
                "groups", "staff"));

        assertThat(settings.servers()).containsExactly(new Server("one", 636, true), new Server("two", 1389, false));
        assertThat(settings.trust()).isPresent();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.account().attributes())
                .isEqualTo(Map.of("quota-bytes", "ftpQuota", "permissions./in", "ftpIn"));
        assertThat(settings.account().groups().always()).containsExactly("staff");
        assertThat(settings.lookup()).isInstanceOfSatisfying(Search.class, search -> {
            assertThat(search.filter()).isEqualTo("(uid=${user})");
            assertThat(search.as().map(Credentials::password)).contains("of the server");
            assertThat(search.toString()).doesNotContain("of the server");
        });
        assertThat(read(Map.of("url", "ldaps://one", "dn", "uid=${user},dc=x")).lookup())
                .isInstanceOf(Direct.class);
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        assertThat(faults(Map.of(
                        "url",
                        "http://one",
                        "bind-dn",
                        "nonsense",
                        "filter",
                        "(uid=${user}",
                        "attributes",
                        "x",
                        "nosuch",
                        "1",
                        "connections",
                        "0",
                        "group-required",
                        "true")))
                .containsExactlyInAnyOrder(
                        "ldap.nosuch is not a setting of the plugin",
                        "ldap.url=http://one is not the URL of a directory",
                        "ldap.base is missing",
                        "ldap.bind-dn=nonsense is no distinguished name",
                        "ldap.password-file is missing",
                        "ldap.filter=(uid=${user} is no filter",
                        "ldap.attributes: x is no pair",
                        "ldap.group-required=true, but no account is known to be in a group",
                        "ldap.connections=0 is not a number that fits");
        assertThat(faults(Map.of())).contains("ldap.url is missing", "ldap.base is missing");
    }

    @Test
    void aPasswordInAUrlIsNotShown() {
        for (String url :
                List.of("ldaps://cn=x:hush@one", "ldap//cn=x:hush@one", "ldaps://one/dc=x????x-bindpw=hush")) {
            assertThat(faults(Map.of("url", url, "base", "dc=x")))
                    .singleElement()
                    .asString()
                    .startsWith("ldap.url=… ");
        }
    }

    @Test
    void passwordsGoInClearToThisMachineOnly() throws Exception {
        assertThat(faults(Map.of("url", "ldap://directory.example.org", "start-tls", "false", "base", "dc=x")))
                .containsExactly("ldap.start-tls=false would send passwords to directory.example.org in clear");
        assertThat(read(Map.of("url", "ldap://127.0.0.1", "start-tls", "false", "base", "dc=x"))
                        .trust())
                .isEmpty();
        assertThat(read(Map.of("url", "ldap://directory.example.org", "base", "dc=x"))
                        .trust())
                .isPresent();
    }

    @Test
    void aTemplateWithoutTheNameWouldLetEverybodyBeOneAccount() {
        assertThat(faults(Map.of("url", "ldaps://x", "base", "dc=x", "filter", "(uid=bob)")))
                .containsExactly("ldap.filter has no ${user}");
        assertThat(faults(Map.of("url", "ldaps://x", "dn", "uid=bob,dc=x"))).containsExactly("ldap.dn has no ${user}");
    }
}
