package dev.zeroftpd.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told of the plugin, and what it costs where it isn't used. */
class PluginCheckIT {

    private static final String USERS = "ftpserver.user.local.homedirectory=files\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void install() throws Exception {
        Files.createDirectories(folder.resolve("files"));
        Ftpd.install(folder);
    }

    private Ftpd.Ran check(Map<String, String> settings, String... words) throws Exception {
        Path file = Ftpd.configure(folder, settings, USERS);
        String[] all = new String[words.length + 3];
        all[0] = "check";
        all[1] = "--config";
        all[2] = file.toString();
        System.arraycopy(words, 0, all, 3, words.length);
        return Ftpd.run(folder, all);
    }

    @Test
    void checkNamesThePluginAndAStrictOneTriesTheDirectory() throws Exception {
        TestKey key = TestKey.make(folder, "ip:127.0.0.1");
        Map<String, String> settings = new TreeMap<>(Map.of(
                "users.source",
                "ldap",
                "ldap.dn",
                "uid=${user},ou=people," + Directory.BASE,
                "ldap.ca-file",
                key.authority().toString()));
        try (Directory directory = Directory.startEncrypted(0, key)) {
            settings.put("ldap.url", "ldaps://127.0.0.1:" + directory.port());
            Ftpd.Ran fine = check(settings, "--strict");
            assertThat(fine.code()).as("%s", fine.text()).isZero();
            assertThat(fine.text())
                    .contains(folder.resolve("plugins/zeroftpd-ldap.jar").toString())
                    .containsPattern("Plugin +users\\.source=ldap")
                    .contains(", and more from ldap");
        }
        Ftpd.Ran away = check(settings, "--strict");
        assertThat(away.code()).isEqualTo(2);
        assertThat(away.text()).contains("users.source=ldap can't be used now: ");
        assertThat(check(settings).code()).isZero();

        settings.put("ldap.filtr", "(uid=${user})");
        Ftpd.Ran wrong = check(settings);
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.text()).containsPattern("ftpd\\.properties:\\d+: ldap\\.filtr is not a setting of the plugin");
    }

    @Test
    void aMissingPluginIsNamedAndWhereItBelongs() throws Exception {
        for (String jar : new String[] {"zeroftpd-ldap.jar", "unboundid-ldapsdk-7.0.5.jar"}) {
            Files.deleteIfExists(folder.resolve("plugins").resolve(jar));
        }
        Ftpd.Ran missing = check(Map.of("users.source", "ldap", "ldap.url", "ldaps://x"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.text())
                .contains("users.source=ldap, but no plugin brings accounts from there")
                .contains("put the jars of zeroftpd-ldap into " + folder.resolve("plugins"));
    }

    @Test
    void nothingOfAPluginIsLoadedWhereItIsNotChosen() throws Exception {
        Ftpd.configure(folder, Map.of(), USERS);
        try (Ftpd server = Ftpd.start(folder)) {
            assertThat(server.login("nobody", "x")).startsWith("530");
            assertThat(server.classes())
                    .contains("dev.zeroftpd.cli.Main")
                    .doesNotContain("dev.zeroftpd.ldap", "com.unboundid");
            assertThat(server.log()).contains(", plugins unboundid-ldapsdk-");
        }
    }
}
