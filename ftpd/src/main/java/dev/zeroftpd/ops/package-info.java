/**
 * What an operator sees of the running server: safe text for logs, and few lines for what strangers cause.
 *
 * <p>It tells of what has happened and must not influence it. Start reading at {@link dev.zeroftpd.ops.LogText}; what happens
 * is in {@code ops.event}, how it is logged in {@code ops.log}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.ops;
