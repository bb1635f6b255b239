/**
 * Which certificates of clients stand for an account: how they are written in {@code users.properties}, and whether one is among
 * them.
 *
 * <p>It knows nothing of TLS: that a certificate is genuine, and its key the client's, was found out before. Start reading at {@link
 * dev.zeroftpd.users.certificate.AcceptedCertificates}.
 */
@NullMarked
package dev.zeroftpd.users.certificate;

import org.jspecify.annotations.NullMarked;
