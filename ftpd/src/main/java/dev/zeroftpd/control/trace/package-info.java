/**
 * Traces: what clients send and are answered, for operators who look for the reason of a problem while it happens.
 *
 * <p>No session ever waits for an operator, and while no trace runs a line costs one look at a field. It must not know how lines
 * are read or written. Start reading at {@link dev.zeroftpd.control.trace.Traces}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.trace;
