/**
 * Typed, validated settings: what {@code config/ftpd.properties}, the environment and {@code --set} say, as records.
 *
 * <p>Its job ends where the values are known to be right: every error names its file and line (or variable), the key, the
 * value and what to do, and all errors are reported at once. It must not know what the values do: nothing here opens a
 * socket, reads a certificate or imports Apache FtpServer or MINA.
 *
 * <p>Start reading at {@link dev.zeroftpd.config.Settings}, then {@link dev.zeroftpd.config.reader.SettingsLoader}.
 */
@NullMarked
package dev.zeroftpd.config;

import org.jspecify.annotations.NullMarked;
