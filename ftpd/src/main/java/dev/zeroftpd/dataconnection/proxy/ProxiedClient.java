package dev.zeroftpd.dataconnection.proxy;

import dev.zeroftpd.dataconnection.proxy.ProxyHeader.Client;
import java.net.InetSocketAddress;

/**
 * What is kept of a session whose control connection began with a header; its data connections have to begin with one too.
 * Immutable; any thread.
 *
 * @param said what the header said
 * @param local this machine's own end of the connection from the balancer, where passive ports are bound
 * @param proxies who may say it of data connections
 */
public record ProxiedClient(Client said, InetSocketAddress local, TrustedProxies proxies) {}
