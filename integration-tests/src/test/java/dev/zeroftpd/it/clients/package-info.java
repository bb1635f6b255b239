/**
 * Client programs and libraries as people use them: each {@link dev.zeroftpd.it.clients.Client} at each
 * {@link dev.zeroftpd.it.clients.Job} that it offers.
 *
 * <p>What was said is known from a tap on the control connection, never from a client's output. Start reading at
 * {@link dev.zeroftpd.it.clients.ClientMatrixIT}; {@link dev.zeroftpd.it.clients.CurlClient} shows what a new client needs.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.clients;
