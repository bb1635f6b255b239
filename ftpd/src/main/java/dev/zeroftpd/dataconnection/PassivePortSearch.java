package dev.zeroftpd.dataconnection;

import dev.zeroftpd.dataconnection.proxy.TrustedProxies;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.apache.ftpserver.DataConnectionException;

/**
 * Finds a port to listen on for one client, among those of our configuration or an embedder's. Immutable; any thread.
 *
 * @param proxies whose connections begin with a header that says where the client is; empty: it connects itself
 * @param patience how long the listener has its port for sure if no transfer comes
 */
record PassivePortSearch(
        DataConnectionConfiguration configuration,
        InetAddress client,
        Optional<TrustedProxies> proxies,
        Duration patience) {

    /** @throws DataConnectionException if there is no free port */
    PassiveListener listen(InetAddress local) throws DataConnectionException {
        // a port that another process holds stays reserved until a free one is found, so that it isn't tried twice
        List<Integer> taken = new ArrayList<>();
        try {
            while (true) {
                int port = reserve();
                try {
                    return open(local, port);
                } catch (IOException e) {
                    taken.add(port);
                    if (port == 0
                            || !(e instanceof BindException)) { // no descriptor is free: another port wouldn't help
                        throw new DataConnectionRefusal(
                                "The server can't listen for a data connection now, see its log; try again later.", e);
                    }
                    foundTaken(port);
                }
            }
        } finally {
            taken.forEach(configuration::releasePassivePort);
        }
    }

    private PassiveListener open(InetAddress local, int port) throws IOException {
        Optional<InetAddress> onlyFrom = configuration.isPassiveIpCheck() ? Optional.of(client) : Optional.empty();
        PassiveListener listener = PassiveListener.open(
                configuration, local, port, new PassiveListener.Callers(onlyFrom, proxies), patience);
        if (configuration instanceof DataConnectionSettings ours) {
            ours.ports().opened(port, listener);
        }
        return listener;
    }

    /** The ports of an embedder's own configuration know no clients. */
    private int reserve() throws DataConnectionException {
        if (configuration instanceof DataConnectionSettings ours) {
            return ours.ports().acquire(client);
        }
        int port = configuration.requestPassivePort();
        if (port < 0) {
            throw new DataConnectionRefusal("All passive ports are in use, try again later.");
        }
        return port;
    }

    private void foundTaken(int port) {
        if (configuration instanceof DataConnectionSettings ours) {
            ours.ports().foundTaken(port);
        }
    }
}
