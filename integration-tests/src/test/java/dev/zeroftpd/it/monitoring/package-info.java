/**
 * Metrics and health, as scrapers and balancers ask for them, and who may ask.
 *
 * <p>Start reading at {@link dev.zeroftpd.it.monitoring.MetricsIT} and {@link dev.zeroftpd.it.monitoring.PrometheusIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.monitoring;
