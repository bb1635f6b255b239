package dev.zeroftpd.dataconnection;

import dev.zeroftpd.config.ActiveSettings;
import dev.zeroftpd.config.PassiveSettings;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.apache.ftpserver.DataConnectionException;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.NullUnmarked;

/**
 * Presents our settings to Apache FtpServer. Any thread; listeners share one instance, so that they share the ports.
 *
 * <p>Returns null where the interface means "not configured" by it.
 */
@NullUnmarked
public final class DataConnectionSettings implements DataConnectionConfiguration {
    private final PassiveSettings passive;
    private final ActiveSettings active;
    private final PassivePorts ports;
    private final Supplier<Duration> stall;

    /**
     * @param stall how long a command that blocks waits for the next byte; asked each time, because a reload changes it
     */
    public DataConnectionSettings(
            PassiveSettings passive, ActiveSettings active, PassivePorts ports, Supplier<Duration> stall) {
        this.passive = passive;
        this.active = active;
        this.ports = ports;
        this.stall = stall;
    }

    @Override
    public int getIdleTime() {
        return Math.toIntExact(stall.get().toSeconds());
    }

    @Override
    public boolean isActiveEnabled() {
        return active.enabled();
    }

    @Override
    public boolean isActiveIpCheck() {
        return active.checkAddress();
    }

    @Override
    public String getActiveLocalAddress() {
        return null;
    }

    @Override
    public int getActiveLocalPort() {
        return active.localPort();
    }

    @Override
    public String getPassiveAddress() {
        return null;
    }

    @Override
    public String getPassiveExernalAddress() {
        return passive.address().orElse(null);
    }

    @Override
    public String getPassivePorts() {
        return ports.toString();
    }

    @Override
    public boolean isPassiveIpCheck() {
        return passive.checkAddress();
    }

    /** A port that counts for no client, or -1 if all are taken. */
    @Override
    public int requestPassivePort() {
        try {
            return ports.acquire(PassivePorts.NO_CLIENT);
        } catch (DataConnectionException none) {
            return -1;
        }
    }

    /** Passive ports in use now; 0 where the system picks them. */
    public int passivePortsInUse() {
        return ports.inUse();
    }

    PassivePorts ports() {
        return ports;
    }

    @Override
    public void releasePassivePort(int port) {
        ports.release(port);
    }

    /** None: data connections share the TLS state of their control connection, so that they can resume its session. */
    @Override
    public SslConfiguration getSslConfiguration() {
        return null;
    }

    /** Protection of data connections is asked for by PROT, also where the control connection begins with TLS. */
    @Override
    public boolean isImplicitSsl() {
        return false;
    }
}
