/**
 * The operator's commands: what {@code ftpd who}, {@code kick}, {@code ban} and the others do to a server that runs, and who may
 * not ask it.
 *
 * <p>Start reading at {@link dev.zeroftpd.it.operating.KickIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.operating;
