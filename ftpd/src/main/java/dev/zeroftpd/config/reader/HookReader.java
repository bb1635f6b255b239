package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.hook.CheckSettings;
import dev.zeroftpd.config.hook.HookSettings;
import dev.zeroftpd.config.hook.HookTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of hooks, and what they mean. One thread, one load; the keys are for any. */
final class HookReader {

    private static final String REMEDY = "write the absolute path of a program, https://…, or http://127.0.0.1:PORT/…";

    /** Loopback addresses as they must be written: a name could mean another machine tomorrow. */
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}|\\[::1]");

    private static final List<SettingKey<Optional<HookTarget>>> OF_EVENTS =
            HookSettings.EVENTS.stream().map(HookReader::ofEvent).toList();

    static final SettingKey<Optional<Path>> UPLOAD_CHECK =
            new SettingKey<>("hook." + HookSettings.UPLOAD_CHECK, "", program().optional());
    static final SettingKey<Duration> TIMEOUT =
            new SettingKey<>("hook.timeout", "30s", Units.duration(Duration.ofMillis(1)));
    static final SettingKey<Optional<Path>> SECRET_FILE =
            new SettingKey<>("hook.secret-file", "", ValueType.existingFile().optional());
    static final SettingKey<Optional<Path>> QUARANTINE =
            new SettingKey<>("hook.quarantine", "", ValueType.path().optional());

    static final SettingKey<Optional<HookTarget>> CHECK = new SettingKey<>("users.check", "", target().optional());
    static final SettingKey<Duration> CHECK_TIMEOUT =
            new SettingKey<>("users.check-timeout", "10s", Units.duration(Duration.ofMillis(1)));
    static final SettingKey<Duration> CHECK_CACHE =
            new SettingKey<>("users.check-cache", "60s", Units.duration(Duration.ZERO));
    static final SettingKey<Optional<String>> CHECK_GROUP =
            new SettingKey<>("users.check-group", "", ValueType.text().optional());
    static final SettingKey<Optional<Path>> CHECK_AUTHORITIES = new SettingKey<>(
            "users.check-authorities", "", ValueType.existingFile().optional());

    private final SettingValues values;

    HookReader(SettingValues values) {
        this.values = values;
    }

    /** In the order in which they are documented. */
    static List<SettingKey<?>> keys() {
        List<SettingKey<?>> keys = new ArrayList<>(OF_EVENTS);
        keys.addAll(List.of(UPLOAD_CHECK, TIMEOUT, SECRET_FILE, QUARANTINE));
        return keys;
    }

    private static SettingKey<Optional<HookTarget>> ofEvent(String event) {
        return new SettingKey<>("hook." + event, "", target().optional());
    }

    HookSettings read() {
        SortedMap<String, HookTarget> events = new TreeMap<>();
        for (int i = 0; i < OF_EVENTS.size(); i++) {
            Optional<HookTarget> target = values.get(OF_EVENTS.get(i));
            if (target.isPresent()) {
                events.put(HookSettings.EVENTS.get(i), target.get());
            }
        }
        Optional<Path> check = values.get(UPLOAD_CHECK);
        Optional<Path> quarantine = values.get(QUARANTINE);
        if (quarantine.isPresent() && check.isEmpty()) {
            values.report(
                    QUARANTINE,
                    "hook.quarantine is set, but hook.upload-check is not: nothing would go there",
                    "set hook.upload-check too, or remove hook.quarantine");
        }
        return new HookSettings(events, check, values.get(TIMEOUT), values.get(SECRET_FILE), quarantine);
    }

    /** The check of log-ins: the same programs and servers as hooks, for another question. */
    CheckSettings readCheck() {
        CheckSettings check = new CheckSettings(
                values.get(CHECK),
                values.get(CHECK_TIMEOUT),
                values.get(CHECK_CACHE),
                values.get(CHECK_GROUP),
                values.get(CHECK_AUTHORITIES));
        for (SettingKey<?> lonely : List.of(CHECK_GROUP, CHECK_AUTHORITIES)) {
            if (values.isSet(lonely) && check.target().isEmpty() && !values.isSet(CHECK)) {
                values.report(
                        lonely,
                        lonely.name() + " is set, but users.check isn't: nothing would be asked",
                        "set users.check too, or remove " + lonely.name());
            }
        }
        boolean byHttps = check.target()
                .filter(target -> target instanceof HookTarget.Web web
                        && "https".equalsIgnoreCase(web.uri().getScheme()))
                .isPresent();
        if (check.authorities().isPresent() && check.target().isPresent() && !byHttps) {
            values.report(
                    CHECK_AUTHORITIES,
                    "users.check-authorities is set, but users.check is asked without TLS",
                    "write https://… for users.check, or remove users.check-authorities");
        }
        return check;
    }

    private static ValueType<HookTarget> target() {
        return (text, base) -> text.regionMatches(true, 0, "http", 0, "http".length()) && text.contains(":")
                ? new HookTarget.Web(uri(text))
                : new HookTarget.Program(program().parse(text, base));
    }

    /** No path relative to anything: what is started must not depend on where a file lies. */
    private static ValueType<Path> program() {
        return (text, base) -> {
            if (!text.startsWith("/")) {
                throw new InvalidValue("is neither the absolute path of a program nor a URL", REMEDY);
            }
            try {
                return Path.of(text).normalize();
            } catch (InvalidPathException e) {
                throw new InvalidValue("is not a path", REMEDY);
            }
        };
    }

    private static URI uri(String text) throws InvalidValue {
        URI uri;
        try {
            uri = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new InvalidValue("is not a URL", REMEDY);
        }
        @Nullable String scheme = uri.getScheme();
        @Nullable String host = uri.getHost();
        if (scheme == null || host == null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new InvalidValue("is not a URL of a host and a path alone", REMEDY);
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> uri;
            case "http" -> {
                if (!LOOPBACK.matcher(host).matches()) {
                    throw new InvalidValue(
                            "would be sent over the network in clear",
                            "use https, or http with a loopback address such as 127.0.0.1 or [::1], not its name");
                }
                yield uri;
            }
            default -> throw new InvalidValue("is a URL of another kind than https and http", REMEDY);
        };
    }
}
