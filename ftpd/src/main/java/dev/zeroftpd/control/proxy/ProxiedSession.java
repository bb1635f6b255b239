package dev.zeroftpd.control.proxy;

import dev.zeroftpd.dataconnection.proxy.ProxiedClient;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.apache.mina.core.service.TransportMetadata;
import org.apache.mina.filter.ssl.SslFilter;
import org.apache.mina.transport.socket.SocketSessionConfig;
import org.apache.mina.transport.socket.nio.NioSession;

/**
 * MINA's session of a client behind a balancer. Its addresses are those of the header, so that whatever asks a session where
 * its client is (limits, bans, logs, Apache FtpServer) sees the client; the socket's own are for those who ask the socket.
 * Threads as with MINA's own.
 */
public final class ProxiedSession extends NioSession {

    private final NioSession accepted;
    private final SocketChannel socket;
    private final ProxiedClient client;

    /** @param accepted MINA's session of the same socket, which goes on to set its options and is used for nothing else */
    ProxiedSession(NioSession accepted, SocketChannel socket, ProxiedClient client) {
        super(accepted.getProcessor(), accepted.getService(), socket);
        this.accepted = accepted;
        this.socket = socket;
        this.client = client;
        this.config = accepted.getConfig();
    }

    /** What the header said, for the session's data connections. */
    public ProxiedClient client() {
        return client;
    }

    @Override
    public SocketChannel getChannel() {
        return socket;
    }

    /** The client's. */
    @Override
    public InetSocketAddress getRemoteAddress() {
        return client.said().source();
    }

    /** The balancer's, to which the client has connected. */
    @Override
    public InetSocketAddress getLocalAddress() {
        return client.said().destination();
    }

    @Override
    public InetSocketAddress getServiceAddress() {
        return (InetSocketAddress) accepted.getServiceAddress();
    }

    @Override
    public SocketSessionConfig getConfig() {
        return (SocketSessionConfig) config;
    }

    @Override
    public TransportMetadata getTransportMetadata() {
        return accepted.getTransportMetadata();
    }

    @Override
    public boolean isSecured() {
        return getAttribute(SslFilter.SSL_SECURED) != null;
    }
}
