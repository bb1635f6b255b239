/**
 * Reads settings: files, environment and {@code --set}; every error with its place, all errors at once.
 *
 * <p>It ends where values are known to be right and must not know what they do. Start reading at {@link
 * dev.zeroftpd.config.reader.SettingsLoader}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.config.reader;
