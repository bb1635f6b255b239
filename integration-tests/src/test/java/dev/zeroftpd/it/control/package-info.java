/**
 * The control connection: who may log in, how command lines are read and answered, and what happens when a client goes silent,
 * leaves or breaks off.
 *
 * <p>Nothing here looks at the bytes of a transfer. Start reading at {@link dev.zeroftpd.it.control.LoginIT}; most tests here are
 * tables of commands and replies, which {@link dev.zeroftpd.it.support.Dialogue} holds against a server.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.control;
