package dev.zeroftpd.server;

import dev.zeroftpd.os.UnixDatagram;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the server is, if it started this process and asked to be told ({@code sd_notify(3)}): ready,
 * reading its configuration, stopping, and again and again that it lives. Any thread.
 */
public final class ServiceState implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceState.class);

    /** Set by the launcher, which takes it out of the environment: programs that the server starts are no service. */
    private static final String SOCKET_PROPERTY = "zeroftpd.notify.socket";

    private static final String WATCHDOG_PROPERTY = "zeroftpd.notify.watchdog";

    /** What a drain takes beyond its grace period: last replies, closing files, saving bans. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(30);

    private static final long NANOS_PER_MICRO = 1_000;

    /** Two signs of life within the time that systemd waits for one: a late one is no death. */
    private static final int SIGNS_PER_PERIOD = 2;

    private final Optional<Channel> channel;
    private final Duration watchdog;
    private @Nullable ScheduledExecutorService signs;

    /** Where the messages go. */
    @FunctionalInterface
    interface Channel {
        void send(String message) throws IOException;
    }

    ServiceState(Optional<Channel> channel, Duration watchdog) {
        this.channel = channel;
        this.watchdog = watchdog;
    }

    /** As systemd asked for it, or one that tells nothing. */
    public static ServiceState ofProcess() {
        String socket = System.getProperty(SOCKET_PROPERTY, "");
        long micros = Long.getLong(WATCHDOG_PROPERTY, 0);
        return new ServiceState(
                socket.isEmpty() ? Optional.empty() : Optional.of(message -> UnixDatagram.send(socket, message)),
                Duration.ofNanos(micros * NANOS_PER_MICRO));
    }

    /** Clients can connect. From now on a thread of its own gives signs of life while the event loops answer. */
    public void ready(FtpDaemon daemon) {
        ready(daemon.addresses(), daemon::answers);
    }

    /** @param answers whether the server answers within that time */
    void ready(List<String> addresses, Predicate<Duration> answers) {
        tell("READY=1\nSTATUS=Listening on " + String.join(", ", addresses));
        if (channel.isEmpty() || watchdog.isZero()) {
            return;
        }
        Duration pause = watchdog.dividedBy(SIGNS_PER_PERIOD);
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("watchdog").daemon().factory());
        signs = started;
        var _ = started.scheduleWithFixedDelay(
                () -> giveSign(answers, pause), 0, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void giveSign(Predicate<Duration> answers, Duration patience) {
        try {
            if (answers.test(patience)) {
                tell("WATCHDOG=1");
            } else {
                LOG.error("An event loop hasn't answered for {} ms", patience.toMillis());
            }
        } catch (RuntimeException | Error e) {
            // thrown on, it would be the last sign, and systemd would kill a server that is well
            LOG.error("No sign of life this time", e);
        }
    }

    /** With the time that systemd 253 and newer want for Type=notify-reload; older ones ignore it. */
    public void reloading() {
        tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / NANOS_PER_MICRO);
    }

    /** After {@link #reloading}. */
    public void reloaded(String outcome) {
        tell("READY=1\nSTATUS=" + outcome);
    }

    /** Asks for the time that a drain may take, whatever the unit says. */
    public void stopping(Duration grace) {
        long micros = grace.plus(LAST_STEPS).toNanos() / NANOS_PER_MICRO;
        tell("STOPPING=1\nSTATUS=Running transfers may end\nEXTEND_TIMEOUT_USEC=" + micros);
    }

    /** Gives no more signs of life. By the thread that called {@link #ready}. */
    @Override
    public void close() {
        if (signs != null) {
            signs.shutdownNow();
        }
    }

    private void tell(String message) {
        if (channel.isEmpty()) {
            return;
        }
        try {
            channel.get().send(message);
        } catch (IOException e) {
            LOG.warn("systemd can't be told how the server is: {}", e.getMessage());
        }
    }
}
