/**
 * What {@code ftpd doctor} looks at in the running server: whether clients can do what they should be able to do.
 *
 * <p>It looks with the server's own rights, from where the server is, and changes nothing. Start reading at
 * {@link dev.zeroftpd.server.doctor.Doctor}.
 */
@NullMarked
package dev.zeroftpd.server.doctor;

import org.jspecify.annotations.NullMarked;
