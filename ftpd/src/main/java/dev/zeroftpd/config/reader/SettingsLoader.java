package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.ActiveSettings;
import dev.zeroftpd.config.BanSettings;
import dev.zeroftpd.config.BandwidthSettings;
import dev.zeroftpd.config.LimitSettings;
import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.PassiveSettings;
import dev.zeroftpd.config.ProcessSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.StorageSettings;
import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.config.TransferSettings;
import dev.zeroftpd.config.UploadSettings;
import dev.zeroftpd.config.UsersSettings;
import dev.zeroftpd.config.admin.AdminSettings;
import dev.zeroftpd.config.file.FileAccess;
import dev.zeroftpd.config.hook.CheckSettings;
import dev.zeroftpd.config.hook.HookSettings;
import dev.zeroftpd.config.plugin.SourceChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the settings of one start: {@code --set} counts more than the environment, that more than the file, that more than
 * the defaults. Everything that is wrong is found in one go. One thread, one load.
 *
 * <p>A configuration library isn't worth its price here: mapping three dozen keys with SmallRye Config took 0.3 to 0.45 s
 * of a cold start that must stay below 0.5 s, and it doesn't tell in which line of a file a value stands.
 */
public final class SettingsLoader {

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final RawValues raw = new RawValues(problems, warnings);
    private final SettingValues values;

    private SettingsLoader(Path defaultBase) {
        this.values = new SettingValues(raw, defaultBase, problems);
    }

    /**
     * Reads and checks everything that can be checked without opening a socket; whether {@code users.file} exists is
     * checked where it is used, since {@code user add} creates it.
     *
     * @throws ConfigException with every problem that there is
     */
    public static LoadedSettings load(SettingsSources sources) throws ConfigException {
        return loader(sources).loadAll(sources);
    }

    /**
     * Where the accounts are, whatever else is wrong: so that they can be checked in one go with the settings. Empty if that
     * can't be known: the file that would say it can't be read, or what it says is no path.
     */
    public static Optional<Path> usersFile(SettingsSources sources) {
        if (sources.file().flatMap(FileAccess::fault).isPresent()) {
            return Optional.empty();
        }
        SettingsLoader loader = loader(sources);
        loader.raw.read(sources);
        int before = loader.problems.size();
        Path file = loader.values.get(SettingKeys.USERS_FILE);
        return loader.problems.size() == before ? Optional.of(file) : Optional.empty();
    }

    /**
     * Where the server's operator reaches it, whatever else is wrong in the file: a broken edit must not keep them from that.
     * But what is wrong with this question must not lead to another server.
     *
     * @throws ConfigException if the file can't be read, or what stands beside it, or what they say of the socket
     */
    public static Optional<Path> controlSocket(SettingsSources sources) throws ConfigException {
        SettingsLoader loader = loader(sources);
        loader.raw.read(sources);
        List<Problem> wrong = new ArrayList<>(loader.raw.unread());
        String twice = SettingKeys.CONTROL_SOCKET.name() + " is set twice";
        loader.problems.stream().filter(problem -> problem.what().equals(twice)).forEach(wrong::add);
        int before = loader.problems.size();
        Optional<Path> socket = loader.values.get(SettingKeys.CONTROL_SOCKET);
        wrong.addAll(loader.problems.subList(before, loader.problems.size()));
        if (!wrong.isEmpty()) {
            throw new ConfigException(wrong);
        }
        return socket;
    }

    private static SettingsLoader loader(SettingsSources sources) {
        Path file = sources.file().orElse(sources.defaultFile()).toAbsolutePath();
        return new SettingsLoader(Optional.ofNullable(file.getParent()).orElse(file));
    }

    /** What holds where nothing is configured; relative paths are in the working directory. */
    public static Settings defaults() {
        try {
            return new SettingsLoader(Path.of("config").toAbsolutePath()).settings(Optional.empty());
        } catch (ConfigException impossible) {
            throw new IllegalStateException("the defaults contradict each other", impossible);
        }
    }

    private LoadedSettings loadAll(SettingsSources sources) throws ConfigException {
        Optional<Path> file =
                raw.read(sources).map(read -> read.toAbsolutePath().normalize());
        return new LoadedSettings(settings(file), warnings, raw.origins(), raw.texts());
    }

    private Settings settings(Optional<Path> file) throws ConfigException {
        List<ListenerSettings> listeners = new ListenersReader(values).read(raw.names(SettingKeys.OF_LISTENERS));
        TlsSettings tls = new TlsReader(values).read(raw.names(SettingKeys.OF_CERTIFICATES));
        PassiveSettings passive = passive();
        ActiveSettings active = active();
        UsersSettings users = users();
        LimitSettings limits = limits();
        BanSettings bans = bans();
        Path state = values.get(SettingKeys.STATE_DIRECTORY);
        Optional<Path> control = values.get(SettingKeys.CONTROL_SOCKET);
        StorageSettings storage = new StorageSettings(
                values.get(SettingKeys.STORAGE_SYMLINKS),
                values.get(SettingKeys.STORAGE_LIST_LINKS),
                values.get(SettingKeys.RENAME_OVERWRITE));
        UploadSettings upload = upload();
        TransferSettings transfer = transfer();
        BandwidthSettings bandwidth = bandwidth();
        ProcessSettings process = process();
        AdminSettings admin = new AdminReader(values).read();
        HookSettings hooks = new HookReader(values).read();
        Duration delay = values.get(SettingKeys.SHUTDOWN_DELAY);
        Duration sessionGrace = values.get(SettingKeys.SHUTDOWN_SESSION_GRACE);
        Duration grace = values.get(SettingKeys.SHUTDOWN_GRACE);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Settings(
                file,
                listeners,
                tls,
                passive,
                active,
                users,
                limits,
                bans,
                state,
                control,
                storage,
                upload,
                transfer,
                bandwidth,
                process,
                admin,
                hooks,
                delay,
                sessionGrace,
                grace);
    }

    private PassiveSettings passive() {
        return new PassiveSettings(
                values.get(SettingKeys.PASSIVE_PORTS),
                values.get(SettingKeys.PASSIVE_ADDRESS),
                values.get(SettingKeys.PASSIVE_CHECK));
    }

    private ActiveSettings active() {
        return new ActiveSettings(
                values.get(SettingKeys.ACTIVE_ENABLED),
                values.get(SettingKeys.ACTIVE_CHECK),
                values.get(SettingKeys.ACTIVE_PORT));
    }

    private UsersSettings users() {
        Optional<SourceChoice> source = new SourceReader(values, raw).read();
        CheckSettings check = new HookReader(values).readCheck();
        if (source.isPresent() && check.target().isPresent()) {
            values.report(
                    HookReader.CHECK,
                    "users.check and users.source are both set, but only one can be asked about an account",
                    "remove one of them");
        }
        return new UsersSettings(
                values.get(SettingKeys.USERS_FILE), values.get(SettingKeys.USERS_UPGRADE), source, check);
    }

    private LimitSettings limits() {
        return new LimitSettings(
                values.get(SettingKeys.LIMIT_SESSIONS),
                values.get(SettingKeys.LIMIT_PER_ADDRESS),
                values.get(SettingKeys.LIMIT_BEFORE_LOGIN),
                values.get(SettingKeys.LIMIT_PREFIX),
                values.get(SettingKeys.LIMIT_FAILURES));
    }

    private BanSettings bans() {
        Duration time = values.get(SettingKeys.BAN_TIME);
        Duration longest = values.get(SettingKeys.BAN_LONGEST);
        if (longest.compareTo(time) < 0) {
            SettingKey<?> said = values.isSet(SettingKeys.BAN_LONGEST) ? SettingKeys.BAN_LONGEST : SettingKeys.BAN_TIME;
            values.report(said, "ban.time-max is shorter than ban.time", "make it as long, or longer");
            longest = time;
        }
        return new BanSettings(
                values.get(SettingKeys.BAN_FAILURES),
                time,
                longest,
                values.get(SettingKeys.BAN_ALLOW),
                values.get(SettingKeys.BAN_NAMES));
    }

    private UploadSettings upload() {
        return new UploadSettings(
                values.get(SettingKeys.UPLOAD_MODE),
                values.get(SettingKeys.UPLOAD_UMASK),
                values.get(SettingKeys.UPLOAD_FSYNC),
                values.get(SettingKeys.UPLOAD_EXPIRY),
                values.get(SettingKeys.UPLOAD_WITHOUT_QUIT),
                values.get(SettingKeys.UPLOAD_HARD_LINKS));
    }

    private TransferSettings transfer() {
        return new TransferSettings(
                values.get(SettingKeys.ZERO_COPY),
                values.get(SettingKeys.ZERO_COPY_EXCLUDE),
                values.get(SettingKeys.STALL_TIMEOUT),
                values.get(SettingKeys.CONNECT_TIMEOUT));
    }

    private BandwidthSettings bandwidth() {
        return new BandwidthSettings(
                values.get(SettingKeys.BANDWIDTH_SERVER), values.get(SettingKeys.BANDWIDTH_PER_ADDRESS));
    }

    private ProcessSettings process() {
        Optional<String> user = values.get(SettingKeys.PROCESS_USER);
        if (user.isEmpty() && values.isSet(SettingKeys.PROCESS_GROUP)) {
            values.report(
                    SettingKeys.PROCESS_GROUP,
                    "process.group is set, but process.user is not",
                    "set process.user too, or remove process.group");
        }
        return new ProcessSettings(
                user,
                values.get(SettingKeys.PROCESS_GROUP),
                values.get(SettingKeys.PROCESS_SANDBOX),
                values.get(SettingKeys.PROCESS_SANDBOX_PATHS));
    }
}
