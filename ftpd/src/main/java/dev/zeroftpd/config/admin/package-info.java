/**
 * What an administrator can configure of metrics and health.
 *
 * <p>Values only. Start reading at {@link dev.zeroftpd.config.admin.AdminSettings}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.config.admin;
