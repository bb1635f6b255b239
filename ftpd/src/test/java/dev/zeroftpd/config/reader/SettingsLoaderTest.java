package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zeroftpd.config.ActiveSettings;
import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.config.BanSettings;
import dev.zeroftpd.config.BandwidthSettings;
import dev.zeroftpd.config.ClientCertificates;
import dev.zeroftpd.config.DataTls;
import dev.zeroftpd.config.FailureRate;
import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.LimitSettings;
import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.PassiveSettings;
import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.ProcessSettings;
import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.StorageSettings;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.config.TlsMode;
import dev.zeroftpd.config.TlsOffer;
import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.config.TransferSettings;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.config.ZeroCopyMode;
import dev.zeroftpd.config.admin.AdminSettings;
import dev.zeroftpd.config.admin.Endpoint;
import dev.zeroftpd.config.hook.CheckSettings;
import dev.zeroftpd.config.hook.HookSettings;
import dev.zeroftpd.config.hook.HookTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {

    @TempDir
    private Path root;

    private Path file = Path.of("");

    @BeforeEach
    void makeConfigDirectory() throws IOException {
        file = Files.createDirectory(root.resolve("config")).resolve("ftpd.properties");
    }

    @Test
    void hasEveryDefaultWhereNothingIsSet() throws Exception {
        Settings settings = load("").settings();
        assertThat(settings)
                .usingRecursiveComparison()
                .ignoringFields("file", "users", "stateDirectory", "controlSocket")
                .isEqualTo(SettingsLoader.defaults());
        assertThat(settings.file()).contains(file);
        assertThat(settings.users()).isEqualTo(TestSettings.users(root.resolve("users.properties"), true));
        assertThat(settings.controlSocket()).contains(root.resolve("run/ftpd.sock"));
    }

    @Test
    void knowsExactlyTheseDefaults() throws Exception {
        Settings settings = load("").settings();
        assertThat(settings.listeners())
                .containsExactly(new ListenerSettings(
                        "default",
                        "0.0.0.0",
                        2121,
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        TlsMode.OFF,
                        DataTls.CLIENT,
                        StandardCharsets.UTF_8));
        assertThat(settings.tls())
                .isEqualTo(new TlsSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        SessionReuse.OPTIONAL,
                        true,
                        ClientCertificates.OFF,
                        Optional.empty(),
                        new TlsOffer(List.of("TLSv1.3", "TLSv1.2"), List.of()),
                        List.of()));
        assertThat(settings.passive())
                .isEqualTo(new PassiveSettings(new PortRange(50000, 50999), Optional.empty(), true));
        assertThat(settings.active()).isEqualTo(new ActiveSettings(true, true, 0));
        assertThat(settings.users().check())
                .isEqualTo(new CheckSettings(
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(settings.limits()).isEqualTo(new LimitSettings(10_000, 100, 500, 64, 3));
        assertThat(settings.storage()).isEqualTo(new StorageSettings(SymlinkPolicy.INSIDE, LinkListing.LINK, true));
        assertThat(settings.upload())
                .isEqualTo(new UploadSettings(
                        UploadMode.ATOMIC, 0022, false, Duration.ofDays(1), WithoutQuit.NEW, HardLinks.KEEP));
        Set<String> streamed =
                Set.of("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "fuse", "fuseblk", "9p", "proc", "sysfs");
        assertThat(settings.transfer())
                .isEqualTo(new TransferSettings(
                        ZeroCopyMode.AUTO, streamed, Duration.ofSeconds(60), Duration.ofSeconds(20)));
        assertThat(settings.bandwidth()).isEqualTo(new BandwidthSettings(0, 0));
        assertThat(settings.process())
                .isEqualTo(new ProcessSettings(
                        Optional.empty(), Optional.empty(), ProcessSettings.Sandbox.AUTO, List.of()));
        assertThat(settings.admin())
                .isEqualTo(new AdminSettings(
                        Optional.empty(),
                        List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("::1")),
                        false,
                        Set.of(),
                        "/",
                        List.of(),
                        Optional.empty()));
        assertThat(settings.shutdownDelay()).isZero();
        assertThat(settings.shutdownGrace()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void readsEveryKey() throws Exception {
        for (String name : List.of("cert.pem", "key.pem", "ca.pem")) {
            Files.writeString(file.resolveSibling(name), "");
        }
        Settings settings = load("""
            listener.address=::1
            listener.port=21
            listener.idle-timeout=90s
            listener.login-timeout=20s
            listener.tls=required
            listener.data-tls=required
            listener.charset=gbk
            tls.certificate=cert.pem
            tls.private-key=key.pem
            tls.session-reuse=required
            tls.require-close-notify=false
            tls.client-certificates=optional
            tls.client-authorities=ca.pem
            tls.protocols=TLSv1.2, tlsv1.1
            tls.cipher-suites=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_CBC_SHA
            passive.ports=30000-30009
            passive.address=203.0.113.7
            passive.check-address=false
            active.enabled=false
            active.check-address=false
            active.local-port=20
            users.file=accounts/users.properties
            users.upgrade-hashes=false
            limits.sessions=7
            limits.sessions-per-address=2
            limits.sessions-before-login=5
            limits.address-prefix-ipv6=48
            limits.login-failures=1
            ban.failures=4 / 30s
            ban.time=1m
            ban.time-max=2h
            ban.allow=192.0.2.0/24, 2001:db8::1
            ban.names=root, admin
            state.directory=/var/lib/ftpd
            control.socket=/run/ftpd/control.sock
            storage.symlinks=deny
            storage.list-links=target
            rename.overwrite=false
            upload.mode=direct
            upload.umask=077
            upload.fsync=true
            upload.partial-expiry=2h
            upload.without-quit=always
            upload.hard-links=break
            transfer.zero-copy=off
            transfer.zero-copy-exclude=zfs, fuse
            transfer.stall-timeout=500ms
            transfer.connect-timeout=1s
            bandwidth.server=10MiB
            bandwidth.per-address=64KB
            process.user=ftp
            process.group=nogroup
            process.sandbox=required
            process.sandbox-paths=/srv/ftp, more
            admin.http=[::1]:9121
            admin.allow-from=192.0.2.0/24
            admin.tls=on
            admin.host-names=Ftp.example.org, ftp
            admin.path-prefix=/ftp
            admin.proxy-from=192.0.2.80
            admin.metrics-token-file=ca.pem
            hook.upload=https://example.org/hooks?for=ftp
            hook.delete=/opt/hooks/deleted
            hook.stop=http://[::1]:8080/
            hook.upload-check=/opt/hooks/scan
            hook.timeout=5s
            hook.secret-file=key.pem
            hook.quarantine=refused
            shutdown.delay=15s
            shutdown.session-grace=10m
            shutdown.grace=0
            """).settings();
        Path directory = file.resolveSibling("");
        assertThat(settings)
                .isEqualTo(new Settings(
                        Optional.of(file),
                        List.of(new ListenerSettings(
                                "default",
                                "::1",
                                21,
                                Duration.ofSeconds(90),
                                Duration.ofSeconds(20),
                                TlsMode.REQUIRED,
                                DataTls.REQUIRED,
                                Charset.forName("GBK"))),
                        new TlsSettings(
                                Optional.of(directory.resolve("cert.pem")),
                                Optional.of(directory.resolve("key.pem")),
                                Optional.empty(),
                                Optional.empty(),
                                SessionReuse.REQUIRED,
                                false,
                                ClientCertificates.OPTIONAL,
                                Optional.of(directory.resolve("ca.pem")),
                                new TlsOffer(
                                        List.of("TLSv1.2", "TLSv1.1"),
                                        List.of(
                                                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                                                "TLS_RSA_WITH_AES_256_CBC_SHA")),
                                List.of()),
                        new PassiveSettings(new PortRange(30000, 30009), Optional.of("203.0.113.7"), false),
                        new ActiveSettings(false, false, 20),
                        TestSettings.users(directory.resolve("accounts/users.properties"), false),
                        new LimitSettings(7, 2, 5, 48, 1),
                        new BanSettings(
                                new FailureRate(4, Duration.ofSeconds(30)),
                                Duration.ofMinutes(1),
                                Duration.ofHours(2),
                                List.of(AddressRange.parse("192.0.2.0/24"), AddressRange.parse("2001:db8::1")),
                                Set.of("root", "admin")),
                        Path.of("/var/lib/ftpd"),
                        Optional.of(Path.of("/run/ftpd/control.sock")),
                        new StorageSettings(SymlinkPolicy.DENY, LinkListing.TARGET, false),
                        new UploadSettings(
                                UploadMode.DIRECT,
                                0077,
                                true,
                                Duration.ofHours(2),
                                WithoutQuit.ALWAYS,
                                HardLinks.BREAK),
                        new TransferSettings(
                                ZeroCopyMode.OFF, Set.of("zfs", "fuse"), Duration.ofMillis(500), Duration.ofSeconds(1)),
                        new BandwidthSettings(10L << 20, 64_000),
                        new ProcessSettings(
                                Optional.of("ftp"),
                                Optional.of("nogroup"),
                                ProcessSettings.Sandbox.REQUIRED,
                                List.of(Path.of("/srv/ftp"), directory.resolve("more"))),
                        new AdminSettings(
                                Optional.of(new Endpoint("::1", 9121)),
                                List.of(AddressRange.parse("192.0.2.0/24")),
                                true,
                                Set.of("ftp.example.org", "ftp"),
                                "/ftp/",
                                List.of(AddressRange.parse("192.0.2.80")),
                                Optional.of(directory.resolve("ca.pem"))),
                        new HookSettings(
                                new TreeMap<>(Map.of(
                                        "upload", new HookTarget.Web(URI.create("https://example.org/hooks?for=ftp")),
                                        "delete", new HookTarget.Program(Path.of("/opt/hooks/deleted")),
                                        "stop", new HookTarget.Web(URI.create("http://[::1]:8080/")))),
                                Optional.of(Path.of("/opt/hooks/scan")),
                                Duration.ofSeconds(5),
                                Optional.of(directory.resolve("key.pem")),
                                Optional.of(directory.resolve("refused"))),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(10),
                        Duration.ZERO));
    }

    @Test
    void takesAssignmentsBeforeEnvironmentBeforeFile() throws Exception {
        Files.writeString(file, "listener.port=1\nlistener.address=10.0.0.1\nlimits.sessions=1\n");
        LoadedSettings loaded = load(
                Map.of("FTPD_LISTENER_PORT", "2", "FTPD_LISTENER_ADDRESS", "10.0.0.2"), List.of("listener.port=3"));
        ListenerSettings listener = loaded.settings().listeners().getFirst();
        assertThat(listener.port()).isEqualTo(3);
        assertThat(listener.address()).isEqualTo("10.0.0.2");
        assertThat(loaded.settings().limits().sessions()).isEqualTo(1);
        assertThat(loaded.origins())
                .containsEntry("listener.port", "--set")
                .containsEntry("listener.address", "FTPD_LISTENER_ADDRESS")
                .containsEntry("limits.sessions", file + ":3")
                .doesNotContainKey("limits.login-failures");
    }

    @Test
    void resolvesPathsAgainstWhoNamesThem() throws Exception {
        Files.writeString(file, "users.file=a/users.properties\n");
        assertThat(usersFile(Map.of(), List.of())).isEqualTo(file.resolveSibling("a/users.properties"));
        assertThat(usersFile(Map.of("FTPD_USERS_FILE", "b"), List.of())).isEqualTo(root.resolve("b"));
        assertThat(usersFile(Map.of("FTPD_USERS_FILE", "b"), List.of("users.file=/c")))
                .isEqualTo(Path.of("/c"));
    }

    @Test
    void worksWithoutTheDefaultFileButNotWithoutANamedOne() throws Exception {
        Settings settings = load(Map.of(), List.of()).settings();
        assertThat(settings.file()).isEmpty();
        assertThat(settings.users().file()).isEqualTo(root.resolve("users.properties"));
        assertThat(problems(SettingsSources.ofFile(file)))
                .containsExactly(file + ": the configuration doesn't exist; name another one with --config");
    }

    @Test
    void readsFurtherListenersWhichTakeAfterTheFirst() throws Exception {
        Files.writeString(file.resolveSibling("store.p12"), "");
        Files.writeString(file, """
            listener.address=127.0.0.1
            listener.idle-timeout=1h
            listener.login-timeout=30s
            listener.charset=windows-1252
            listener.secure.charset=utf8
            listener.secure.port=990
            listener.secure.tls=implicit
            listener.secure.data-tls=required
            tls.keystore=store.p12
            tls.keystore-password=changeit
            """);
        Settings settings = load(
                        Map.of("FTPD_LISTENER_SECURE_ADDRESS", "127.0.0.2", "FTPD_LISTENER_OFFICE_LAN_PORT", "2100"),
                        List.of())
                .settings();
        Duration hour = Duration.ofHours(1);
        Duration half = Duration.ofSeconds(30);
        Charset latin = Charset.forName("windows-1252");
        assertThat(settings.listeners())
                .containsExactly(
                        new ListenerSettings(
                                "default", "127.0.0.1", 2121, hour, half, TlsMode.OFF, DataTls.CLIENT, latin),
                        new ListenerSettings(
                                "office-lan", "127.0.0.1", 2100, hour, half, TlsMode.OFF, DataTls.CLIENT, latin),
                        new ListenerSettings(
                                "secure",
                                "127.0.0.2",
                                990,
                                hour,
                                half,
                                TlsMode.IMPLICIT,
                                DataTls.REQUIRED,
                                StandardCharsets.UTF_8));
        assertThat(settings.tls().keystorePassword()).contains("changeit");
        assertThat(settings.toString()).doesNotContain("changeit");
    }

    @Test
    void warnsOfUnknownVariables() throws Exception {
        LoadedSettings loaded =
                load(Map.of("FTPD_LISTENR_PORT", "1", "FTPD_SERVICE_HOST", "10.0.0.1", "PATH", "/bin"), List.of());
        assertThat(loaded.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "FTPD_LISTENR_PORT: this environment variable is not a setting; did you mean"
                                + " FTPD_LISTENER_PORT?",
                        "FTPD_SERVICE_HOST: this environment variable is not a setting; it is ignored");
    }

    private LoadedSettings load(String text) throws IOException, ConfigException {
        Files.writeString(file, text);
        return load(Map.of(), List.of());
    }

    private LoadedSettings load(Map<String, String> environment, List<String> assignments) throws ConfigException {
        return SettingsLoader.load(new SettingsSources(Optional.empty(), file, environment, assignments, root));
    }

    private Path usersFile(Map<String, String> environment, List<String> assignments) throws ConfigException {
        return load(environment, assignments).settings().users().file();
    }

    private static List<String> problems(SettingsSources sources) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> SettingsLoader.load(sources));
        return refused.problems().stream().map(Problem::toString).toList();
    }
}
