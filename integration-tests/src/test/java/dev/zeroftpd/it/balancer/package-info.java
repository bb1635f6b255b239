/**
 * The server behind a balancer that speaks the PROXY protocol: HAProxy, and tests that say what no balancer would.
 *
 * <p>Start reading at {@link dev.zeroftpd.it.balancer.Balancer} and {@link dev.zeroftpd.it.balancer.ProxyProtocolIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.balancer;
