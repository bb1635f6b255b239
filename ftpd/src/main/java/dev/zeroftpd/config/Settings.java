package dev.zeroftpd.config;

import dev.zeroftpd.config.admin.AdminSettings;
import dev.zeroftpd.config.hook.HookSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that an administrator can configure, once it is known to be valid.
 *
 * <p>Immutable; any thread may read it. A reload makes a new one.
 *
 * @param file the file that was read, absolute; empty where only defaults, environment and {@code --set} counted
 * @param listeners at least one; names are unique
 * @param stateDirectory where the server keeps what must survive its restart; made when it is needed
 * @param controlSocket where the operator's commands reach the server; empty: nowhere
 * @param shutdownDelay how long it goes on accepting after SIGTERM, while it says that it isn't ready
 * @param shutdownSessionGrace how long sessions may go on behind that, as if nothing were; then idle ones get 421
 * @param shutdownGrace how long transfers that run may go on behind that; zero cuts them at once
 */
public record Settings(
        Optional<Path> file,
        List<ListenerSettings> listeners,
        TlsSettings tls,
        PassiveSettings passive,
        ActiveSettings active,
        UsersSettings users,
        LimitSettings limits,
        BanSettings bans,
        Path stateDirectory,
        Optional<Path> controlSocket,
        StorageSettings storage,
        UploadSettings upload,
        TransferSettings transfer,
        BandwidthSettings bandwidth,
        ProcessSettings process,
        AdminSettings admin,
        HookSettings hooks,
        Duration shutdownDelay,
        Duration shutdownSessionGrace,
        Duration shutdownGrace) {

    /**
     * Checks the parts against each other.
     *
     * @throws IllegalArgumentException if they contradict each other, such as TLS without a certificate
     */
    public Settings {
        listeners = List.copyOf(listeners);
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("at least one listener is needed");
        }
        Set<String> names = new HashSet<>();
        for (ListenerSettings listener : listeners) {
            if (!names.add(listener.name())) {
                throw new IllegalArgumentException("two listeners have the name " + listener.name());
            }
            if (listener.tls() != TlsMode.OFF && !tls.hasCertificate()) {
                throw new IllegalArgumentException(
                        "listener " + listener.name() + " offers TLS, but there is no certificate");
            }
        }
        if (admin.http().isPresent() && admin.tls() && !tls.hasCertificate()) {
            throw new IllegalArgumentException("admin.tls is on, but there is no certificate");
        }
        Ranges.duration("shutdown.delay", shutdownDelay, Duration.ZERO);
        Ranges.duration("shutdown.session-grace", shutdownSessionGrace, Duration.ZERO);
        Ranges.duration("shutdown.grace", shutdownGrace, Duration.ZERO);
    }

    /** How long the whole end may take, from the order to the last transfer. */
    public Duration shutdownLongest() {
        return shutdownDelay.plus(shutdownSessionGrace).plus(shutdownGrace);
    }
}
