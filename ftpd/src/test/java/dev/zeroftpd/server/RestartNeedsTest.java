package dev.zeroftpd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.reader.SettingTexts;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestartNeedsTest {

    @TempDir
    Path folder;

    @Test
    void nothingThatStayedTheSameNeedsARestart() throws Exception {
        assertThat(texts("").changesTo(texts(""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "listener.port=2199,listener.port 2121 → 2199",
        "listener.six.port=2199,listener.six.port 2121 → 2199",
        "tls.require-close-notify=false,tls.require-close-notify true → false",
        "passive.ports=40000-40009,passive.ports 50000-50999 → 40000-40009",
        "passive.address=192.0.2.7,passive.address (empty) → 192.0.2.7",
        "active.enabled=false,active.enabled true → false",
        "users.file=others.properties,users.file ../users.properties → others.properties",
        "upload.umask=077,upload.umask 022 → 077",
        "limits.login-failures=7,limits.login-failures 3 → 7",
        "transfer.zero-copy=off,transfer.zero-copy auto → off",
        "transfer.connect-timeout=7s,transfer.connect-timeout 20s → 7s",
        "control.socket=other.sock,control.socket ../run/ftpd.sock → other.sock",
        "admin.http=127.0.0.1:9121,admin.http (empty) → 127.0.0.1:9121",
        "shutdown.delay=7s,shutdown.delay 0s → 7s",
        "shutdown.session-grace=7s,shutdown.session-grace 0s → 7s",
        "shutdown.grace=7s,shutdown.grace 30s → 7s"
    })
    void saysWhatNeedsARestartWithOldAndNewValue(String changed, String told) throws Exception {
        List<SettingTexts.Change> changes = texts("").changesTo(texts(changed));
        assertThat(RestartNeeds.among(changes))
                .extracting(SettingTexts.Change::toString)
                .containsExactly(told);
    }

    @ParameterizedTest
    @CsvSource({
        "limits.sessions=7",
        "limits.sessions-per-address=3",
        "limits.sessions-before-login=9",
        "ban.time=1h",
        "bandwidth.server=1MiB",
        "transfer.stall-timeout=7s"
    })
    void whatARunningServerAppliesNeedsNone(String changed) throws Exception {
        List<SettingTexts.Change> changes = texts("").changesTo(texts(changed));
        assertThat(changes).hasSize(1);
        assertThat(RestartNeeds.among(changes)).isEmpty();
    }

    @Test
    void noSecretIsTold() throws Exception {
        Path keystore = Files.createFile(folder.resolve("keys.p12"));
        String with = "tls.keystore=" + keystore + "\ntls.keystore-password=";
        assertThat(texts(with + "hunter2").changesTo(texts(with + "hunter3")))
                .singleElement()
                .hasToString("tls.keystore-password (secret) → (secret)");
    }

    private SettingTexts texts(String lines) throws Exception {
        Path file = folder.resolve("ftpd.properties");
        Files.writeString(file, lines);
        return SettingsLoader.load(SettingsSources.ofFile(file)).texts();
    }
}
