/**
 * The data connection as a transfer sees it, plain or protected, and how it fails.
 *
 * <p>It knows no file. Start reading at {@link dev.zeroftpd.transfer.channel.DataChannel}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.transfer.channel;
