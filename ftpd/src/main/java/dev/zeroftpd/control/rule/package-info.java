/**
 * What a verb's row tells the control connection: whether it may run now, on which thread, and what of it may be shown.
 *
 * <p>It knows no verb by name. Start reading at {@link dev.zeroftpd.control.rule.CommandRules}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.rule;
