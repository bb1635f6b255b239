package dev.zeroftpd.config;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One address and port that accept control connections. Immutable; any thread.
 *
 * @param name the NAME of {@code listener.NAME.port}; {@link #DEFAULT_NAME} for {@code listener.port}
 * @param address an IPv4 or IPv6 address or a host name; {@code 0.0.0.0} or {@code ::} for all
 * @param port 0 to 65535; 0 takes any free port
 * @param idleTimeout how long a session may say nothing while no transfer runs; zero: for ever; at most 365 days
 * @param loginTimeout how long a session may go without a login, however busy it is; zero: for ever; at most 365 days
 * @param dataTls whose choice protected data connections are; {@link TlsMode#REQUIRED} requires them anyway
 * @param charset what clients say names in; ASCII's bytes mean ASCII's characters in it
 * @param proxies whose connections begin with a PROXY header that says where the client is; none: clients connect themselves
 * @param greeting what a client is told that connects; empty for the usual words
 * @param welcome what a client is told that has logged in; empty for the usual words
 */
public record ListenerSettings(
        String name,
        String address,
        int port,
        Duration idleTimeout,
        Duration loginTimeout,
        TlsMode tls,
        DataTls dataTls,
        Charset charset,
        List<AddressRange> proxies,
        Optional<Banner> greeting,
        Optional<Banner> welcome) {

    /**
     * Lines for clients.
     *
     * @param text as the file had them, with LF between them
     */
    public record Banner(Path file, String text) {}

    /** Whether connections begin with a PROXY header. */
    public enum ProxyProtocol {
        OFF,
        REQUIRED
    }

    /** The name of the listener whose keys carry no name. */
    public static final String DEFAULT_NAME = "default";

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public ListenerSettings {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a listener needs a name");
        }
        if (address.isBlank()) {
            throw new IllegalArgumentException("listener.address must not be empty");
        }
        Ranges.port("listener.port", port);
        Ranges.duration("listener.idle-timeout", idleTimeout, Duration.ZERO);
        Ranges.duration("listener.login-timeout", loginTimeout, Duration.ZERO);
        proxies = List.copyOf(proxies);
        if (tls == TlsMode.OFF && dataTls == DataTls.REQUIRED) {
            throw new IllegalArgumentException("listener.data-tls=required needs a listener with TLS");
        }
    }

    /** One whose clients connect themselves, and that says the usual words. */
    public ListenerSettings(
            String name,
            String address,
            int port,
            Duration idleTimeout,
            Duration loginTimeout,
            TlsMode tls,
            DataTls dataTls,
            Charset charset) {
        this(
                name,
                address,
                port,
                idleTimeout,
                loginTimeout,
                tls,
                dataTls,
                charset,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** How one of its keys is written: {@code listener.PART}, or {@code listener.NAME.PART}. */
    public String key(String part) {
        return name.equals(DEFAULT_NAME) ? "listener." + part : "listener." + name + "." + part;
    }

    /** What a reload reads again. */
    public Stream<Path> files() {
        return Stream.of(greeting, welcome).flatMap(banner -> banner.map(Banner::file).stream());
    }

    /** True if a transfer in clear is refused. */
    public boolean requiresProtectedData() {
        return tls == TlsMode.REQUIRED || dataTls == DataTls.REQUIRED;
    }
}
