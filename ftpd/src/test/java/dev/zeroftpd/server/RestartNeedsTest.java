package dev.zeroftpd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.BandwidthSettings;
import dev.zeroftpd.config.LimitSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestartNeedsTest {

    @TempDir
    Path folder;

    @Test
    void nothingThatStayedTheSameNeedsARestart() {
        assertThat(RestartNeeds.of(Settings.defaults(), Settings.defaults())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "listener.port=2199,listener.*",
        "tls.require-close-notify=false,tls.*",
        "passive.ports=40000-40009,passive.*",
        "active.enabled=false,active.*",
        "users.file=others.properties,users.*",
        "upload.umask=077,upload.*",
        "limits.login-failures=7,limits.login-failures",
        "transfer.zero-copy=off,transfer.zero-copy*",
        "transfer.connect-timeout=7s,transfer.connect-timeout",
        "shutdown.grace=7s,shutdown.grace"
    })
    void saysWhichGroupNeedsARestart(String changed, String group) throws Exception {
        assertThat(RestartNeeds.of(load(""), load(changed))).containsExactly(group);
    }

    @ParameterizedTest
    @CsvSource({
        "limits.sessions=7",
        "limits.sessions-per-address=3",
        "limits.sessions-before-login=9",
        "bandwidth.server=1MiB"
    })
    void whatARunningServerAppliesNeedsNone(String changed) throws Exception {
        Settings after = load(changed);
        assertThat(RestartNeeds.of(load(""), after)).isEmpty();
        assertThat(after.limits().equals(LimitSettings.defaults())
                        && after.bandwidth().equals(BandwidthSettings.defaults()))
                .isFalse();
    }

    private Settings load(String line) throws Exception {
        Path file = folder.resolve("ftpd.properties");
        Files.writeString(file, line);
        return SettingsLoader.load(SettingsSources.ofFile(file)).settings();
    }
}
