/**
 * The operator's own programs and servers: what they are told of events, and what becomes of an upload that a program refuses.
 *
 * <p>Programs never run as root, so a test that root runs has the server become another user. Start reading at {@link
 * dev.zeroftpd.it.hooks.UploadCheckIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.hooks;
