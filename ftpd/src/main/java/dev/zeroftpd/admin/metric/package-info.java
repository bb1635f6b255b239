/**
 * Counts what happens, and writes it as Prometheus reads it.
 *
 * <p>It knows no socket and no session. Start reading at {@link dev.zeroftpd.admin.metric.Metrics}; the list of all names is
 * docs/metrics.md.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.admin.metric;
