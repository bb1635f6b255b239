/**
 * Setting up data connections (the server-DTP's part of RFC 959 section 3.2, and RFC 2428): listening and accepting,
 * connecting, local ports, and who may be at the other end.
 *
 * <p>It hands over a connected socket and knows nothing of what is then sent over it, of commands or of replies. Start
 * reading at {@link dev.zeroftpd.dataconnection.SessionDataConnection}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.dataconnection;
