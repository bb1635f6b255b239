/**
 * What the operator's own programs and servers are told and asked: the settings of hooks. It knows nothing of how that is
 * done. Start reading at {@link dev.zeroftpd.config.hook.HookSettings}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.config.hook;
