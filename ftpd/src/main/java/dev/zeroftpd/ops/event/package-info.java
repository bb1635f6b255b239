/**
 * What has happened on the server, one record per happening, and the way from where it happens to all who want to know.
 *
 * <p>It knows no writer: a log, metrics or a program of the operator. Start reading at {@link dev.zeroftpd.ops.event.Event};
 * to write events somewhere, at {@link dev.zeroftpd.ops.event.EventWriter}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.ops.event;
