/**
 * Names on the wire: what a client sends and reads as a path, in the character set of its listener.
 *
 * <p>It knows nothing of sessions. Start reading at {@link dev.zeroftpd.charset.NameCharset}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.charset;
