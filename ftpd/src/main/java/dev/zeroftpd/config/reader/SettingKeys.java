package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.config.ClientCertificates;
import dev.zeroftpd.config.DataTls;
import dev.zeroftpd.config.FailureRate;
import dev.zeroftpd.config.HardLinks;
import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.ListenerSettings.Banner;
import dev.zeroftpd.config.ListenerSettings.ProxyProtocol;
import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.ProcessSettings;
import dev.zeroftpd.config.SessionReuse;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.TlsMode;
import dev.zeroftpd.config.TlsOffer;
import dev.zeroftpd.config.UploadMode;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.config.ZeroCopyMode;
import dev.zeroftpd.config.admin.Endpoint;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every key that there is, with its type and default, which stands nowhere else in the code. Immutable; any thread.
 */
final class SettingKeys {

    static final String VARIABLE_PREFIX = "FTPD_";

    private static final Duration NONE = Duration.ZERO;
    private static final Duration SOME = Duration.ofMillis(1);

    static final SettingKey<String> LISTENER_ADDRESS = key("listener.address", "0.0.0.0", ValueType.address());
    /** 21 needs privileges. */
    static final SettingKey<Integer> LISTENER_PORT = key("listener.port", "2121", ValueType.port());

    static final SettingKey<Duration> LISTENER_IDLE = key("listener.idle-timeout", "5m", Units.duration(NONE));
    static final SettingKey<Duration> LISTENER_LOGIN = key("listener.login-timeout", "60s", Units.duration(NONE));
    static final SettingKey<TlsMode> LISTENER_TLS = key("listener.tls", "off", ValueType.choice(TlsMode.class));
    static final SettingKey<DataTls> LISTENER_DATA_TLS =
            key("listener.data-tls", "client", ValueType.choice(DataTls.class));
    static final SettingKey<Charset> LISTENER_CHARSET = key("listener.charset", "UTF-8", new CharsetType());

    static final SettingKey<ProxyProtocol> LISTENER_PROXY =
            key("listener.proxy-protocol", "off", ValueType.choice(ProxyProtocol.class));
    static final SettingKey<List<AddressRange>> LISTENER_PROXY_FROM =
            key("listener.proxy-from", "", BanTypes.addressRanges());

    static final SettingKey<Optional<Banner>> LISTENER_GREETING = optional("listener.greeting-file", new BannerType());
    static final SettingKey<Optional<Banner>> LISTENER_WELCOME = optional("listener.welcome-file", new BannerType());

    static final SettingKey<Optional<Path>> TLS_CERTIFICATE = optional("tls.certificate", ValueType.existingFile());
    static final SettingKey<Optional<Path>> TLS_KEY = optional("tls.private-key", ValueType.existingFile());
    static final SettingKey<Optional<Path>> TLS_KEYSTORE = optional("tls.keystore", ValueType.existingFile());
    static final SettingKey<Optional<String>> TLS_PASSWORD = optional("tls.keystore-password", ValueType.text());
    static final SettingKey<SessionReuse> TLS_REUSE =
            key("tls.session-reuse", "optional", ValueType.choice(SessionReuse.class));
    static final SettingKey<Boolean> TLS_CLOSE_NOTIFY = key("tls.require-close-notify", "true", ValueType.yesOrNo());
    static final SettingKey<ClientCertificates> TLS_CLIENTS =
            key("tls.client-certificates", "off", ValueType.choice(ClientCertificates.class));
    static final SettingKey<Optional<Path>> TLS_AUTHORITIES =
            optional("tls.client-authorities", ValueType.existingFile());
    static final SettingKey<List<String>> TLS_PROTOCOLS =
            key("tls.protocols", "TLSv1.3,TLSv1.2", ValueType.someOf(TlsOffer.PROTOCOLS));
    static final SettingKey<Optional<List<String>>> TLS_SUITES =
            optional("tls.cipher-suites", ValueType.someOf(TlsOffer.CIPHER_SUITES));

    static final SettingKey<PortRange> PASSIVE_PORTS = key("passive.ports", "50000-50999", ValueType.portRange());
    static final SettingKey<Optional<String>> PASSIVE_ADDRESS =
            optional("passive.address", ValueType.announcedAddress());
    static final SettingKey<Boolean> PASSIVE_CHECK = key("passive.check-address", "true", ValueType.yesOrNo());
    static final SettingKey<Boolean> ACTIVE_ENABLED = key("active.enabled", "true", ValueType.yesOrNo());
    static final SettingKey<Boolean> ACTIVE_CHECK = key("active.check-address", "true", ValueType.yesOrNo());
    static final SettingKey<Integer> ACTIVE_PORT = key("active.local-port", "0", ValueType.port());

    static final SettingKey<Path> USERS_FILE = key("users.file", "../users.properties", ValueType.path());
    static final SettingKey<Boolean> USERS_UPGRADE = key("users.upgrade-hashes", "true", ValueType.yesOrNo());

    static final SettingKey<Integer> LIMIT_SESSIONS =
            key("limits.sessions", "10000", ValueType.wholeNumber(1, Integer.MAX_VALUE));
    static final SettingKey<Integer> LIMIT_PER_ADDRESS =
            key("limits.sessions-per-address", "100", ValueType.wholeNumber(0, Integer.MAX_VALUE));
    static final SettingKey<Integer> LIMIT_BEFORE_LOGIN =
            key("limits.sessions-before-login", "500", ValueType.wholeNumber(0, Integer.MAX_VALUE));
    static final SettingKey<Integer> LIMIT_PREFIX =
            key("limits.address-prefix-ipv6", "64", ValueType.wholeNumber(1, 128));
    static final SettingKey<Integer> LIMIT_FAILURES =
            key("limits.login-failures", "3", ValueType.wholeNumber(1, Integer.MAX_VALUE));

    static final SettingKey<FailureRate> BAN_FAILURES = key("ban.failures", "10/10m", BanTypes.failureRate());
    static final SettingKey<Duration> BAN_TIME = key("ban.time", "30m", Units.duration(SOME));
    static final SettingKey<Duration> BAN_LONGEST = key("ban.time-max", "1d", Units.duration(SOME));
    static final SettingKey<List<AddressRange>> BAN_ALLOW = key("ban.allow", "", BanTypes.addressRanges());
    static final SettingKey<Set<String>> BAN_NAMES = key("ban.names", "", ValueType.names());
    static final SettingKey<Path> STATE_DIRECTORY = key("state.directory", "../state", ValueType.path());

    static final SettingKey<Optional<Path>> CONTROL_SOCKET =
            key("control.socket", "../run/ftpd.sock", ValueType.path().optional());

    static final SettingKey<SymlinkPolicy> STORAGE_SYMLINKS =
            key("storage.symlinks", "inside", ValueType.choice(SymlinkPolicy.class));
    static final SettingKey<LinkListing> STORAGE_LIST_LINKS =
            key("storage.list-links", "link", ValueType.choice(LinkListing.class));
    static final SettingKey<Boolean> RENAME_OVERWRITE = key("rename.overwrite", "true", ValueType.yesOrNo());

    static final SettingKey<UploadMode> UPLOAD_MODE = key("upload.mode", "atomic", ValueType.choice(UploadMode.class));
    static final SettingKey<Integer> UPLOAD_UMASK = key("upload.umask", "022", ValueType.umask());
    static final SettingKey<Boolean> UPLOAD_FSYNC = key("upload.fsync", "false", ValueType.yesOrNo());
    /** Long enough for tomorrow's resume, short enough not to fill the disk. */
    static final SettingKey<Duration> UPLOAD_EXPIRY = key("upload.partial-expiry", "1d", Units.duration(NONE));

    static final SettingKey<WithoutQuit> UPLOAD_WITHOUT_QUIT =
            key("upload.without-quit", "new", ValueType.choice(WithoutQuit.class));
    static final SettingKey<HardLinks> UPLOAD_HARD_LINKS =
            key("upload.hard-links", "keep", ValueType.choice(HardLinks.class));

    static final SettingKey<ZeroCopyMode> ZERO_COPY =
            key("transfer.zero-copy", "auto", ValueType.choice(ZeroCopyMode.class));
    /**
     * Network, user-space and virtual file systems, where sendfile is refused, or blocks, or sends what the size doesn't
     * promise.
     */
    static final SettingKey<Set<String>> ZERO_COPY_EXCLUDE = key(
            "transfer.zero-copy-exclude",
            "nfs,nfs4,cifs,smb2,smb3,smbfs,fuse,fuseblk,9p,proc,sysfs",
            ValueType.names());

    static final SettingKey<Duration> STALL_TIMEOUT = key("transfer.stall-timeout", "60s", Units.duration(SOME));
    static final SettingKey<Duration> CONNECT_TIMEOUT = key("transfer.connect-timeout", "20s", Units.duration(SOME));

    static final SettingKey<Long> BANDWIDTH_SERVER = key("bandwidth.server", "0", Units.byteSize());
    static final SettingKey<Long> BANDWIDTH_PER_ADDRESS = key("bandwidth.per-address", "0", Units.byteSize());

    static final SettingKey<Optional<String>> PROCESS_USER = optional("process.user", ValueType.text());
    static final SettingKey<Optional<String>> PROCESS_GROUP = optional("process.group", ValueType.text());

    static final SettingKey<ProcessSettings.Sandbox> PROCESS_SANDBOX =
            key("process.sandbox", "auto", ValueType.choice(ProcessSettings.Sandbox.class));
    static final SettingKey<List<Path>> PROCESS_SANDBOX_PATHS = key("process.sandbox-paths", "", ValueType.paths());

    static final SettingKey<Optional<Endpoint>> ADMIN_HTTP = optional("admin.http", AdminTypes.endpoint());
    static final SettingKey<List<AddressRange>> ADMIN_ALLOW =
            key("admin.allow-from", "127.0.0.0/8,::1", BanTypes.addressRanges());
    static final SettingKey<AdminTypes.Switch> ADMIN_TLS =
            key("admin.tls", "off", ValueType.choice(AdminTypes.Switch.class));
    static final SettingKey<Set<String>> ADMIN_HOSTS = key("admin.host-names", "", AdminTypes.hostNames());
    static final SettingKey<String> ADMIN_PREFIX = key("admin.path-prefix", "/", AdminTypes.pathPrefix());
    static final SettingKey<List<AddressRange>> ADMIN_PROXY = key("admin.proxy-from", "", BanTypes.addressRanges());
    static final SettingKey<Optional<Path>> ADMIN_TOKEN =
            optional("admin.metrics-token-file", ValueType.existingFile());

    static final SettingKey<Duration> SHUTDOWN_DELAY = key("shutdown.delay", "0s", Units.duration(NONE));
    static final SettingKey<Duration> SHUTDOWN_SESSION_GRACE =
            key("shutdown.session-grace", "0s", Units.duration(NONE));
    static final SettingKey<Duration> SHUTDOWN_GRACE = key("shutdown.grace", "30s", Units.duration(NONE));

    /** Those that further listeners have too, as {@code listener.NAME.…}. */
    static final KeyFamily OF_LISTENERS = new KeyFamily(
            "listener.",
            List.of(
                    LISTENER_ADDRESS,
                    LISTENER_PORT,
                    LISTENER_IDLE,
                    LISTENER_LOGIN,
                    LISTENER_TLS,
                    LISTENER_DATA_TLS,
                    LISTENER_CHARSET,
                    LISTENER_PROXY,
                    LISTENER_PROXY_FROM,
                    LISTENER_GREETING,
                    LISTENER_WELCOME));

    /** Those that further certificates have too, as {@code tls.NAME.…}. */
    static final KeyFamily OF_CERTIFICATES = new KeyFamily("tls.", List.of(TLS_CERTIFICATE, TLS_KEY));

    static final List<KeyFamily> FAMILIES = List.of(OF_LISTENERS, OF_CERTIFICATES);

    private static final List<SettingKey<?>> OF_THE_SERVER = List.of(
            TLS_CERTIFICATE,
            TLS_KEY,
            TLS_KEYSTORE,
            TLS_PASSWORD,
            TLS_REUSE,
            TLS_CLOSE_NOTIFY,
            TLS_CLIENTS,
            TLS_AUTHORITIES,
            TLS_PROTOCOLS,
            TLS_SUITES,
            PASSIVE_PORTS,
            PASSIVE_ADDRESS,
            PASSIVE_CHECK,
            ACTIVE_ENABLED,
            ACTIVE_CHECK,
            ACTIVE_PORT,
            USERS_FILE,
            USERS_UPGRADE,
            SourceReader.SOURCE,
            SourceReader.TIMEOUT,
            SourceReader.CACHE,
            SourceReader.STALE,
            HookReader.CHECK,
            HookReader.CHECK_TIMEOUT,
            HookReader.CHECK_CACHE,
            HookReader.CHECK_GROUP,
            HookReader.CHECK_AUTHORITIES,
            LIMIT_SESSIONS,
            LIMIT_PER_ADDRESS,
            LIMIT_BEFORE_LOGIN,
            LIMIT_PREFIX,
            LIMIT_FAILURES,
            BAN_FAILURES,
            BAN_TIME,
            BAN_LONGEST,
            BAN_ALLOW,
            BAN_NAMES,
            STATE_DIRECTORY,
            CONTROL_SOCKET,
            STORAGE_SYMLINKS,
            STORAGE_LIST_LINKS,
            RENAME_OVERWRITE,
            UPLOAD_MODE,
            UPLOAD_UMASK,
            UPLOAD_FSYNC,
            UPLOAD_EXPIRY,
            UPLOAD_WITHOUT_QUIT,
            UPLOAD_HARD_LINKS,
            ZERO_COPY,
            ZERO_COPY_EXCLUDE,
            STALL_TIMEOUT,
            CONNECT_TIMEOUT,
            BANDWIDTH_SERVER,
            BANDWIDTH_PER_ADDRESS,
            PROCESS_USER,
            PROCESS_GROUP,
            PROCESS_SANDBOX,
            PROCESS_SANDBOX_PATHS,
            ADMIN_HTTP,
            ADMIN_ALLOW,
            ADMIN_TLS,
            ADMIN_HOSTS,
            ADMIN_PREFIX,
            ADMIN_PROXY,
            ADMIN_TOKEN);

    private static final List<SettingKey<?>> OF_THE_END =
            List.of(SHUTDOWN_DELAY, SHUTDOWN_SESSION_GRACE, SHUTDOWN_GRACE);

    /** In the order in which they are documented. */
    static final List<SettingKey<?>> ALL = Stream.of(OF_LISTENERS.keys(), OF_THE_SERVER, HookReader.keys(), OF_THE_END)
            .<SettingKey<?>>flatMap(List::stream)
            .toList();

    private SettingKeys() {}

    /** What a key means that is not set; empty for one that doesn't exist. */
    static String defaultTextOf(String name) {
        for (SettingKey<?> key : ALL) {
            if (key.name().equals(name)) {
                return key.defaultText();
            }
        }
        for (KeyFamily family : FAMILIES) {
            for (SettingKey<?> key : family.keys()) {
                String last = key.name().substring(family.prefix().length() - 1);
                if (name.startsWith(family.prefix()) && name.endsWith(last)) {
                    return key.defaultText();
                }
            }
        }
        return "";
    }

    private static <T> SettingKey<T> key(String name, String defaultText, ValueType<T> type) {
        return new SettingKey<>(name, defaultText, type);
    }

    private static <T> SettingKey<Optional<T>> optional(String name, ValueType<T> type) {
        return new SettingKey<>(name, "", type.optional());
    }
}
