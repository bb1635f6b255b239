/**
 * Puts hooks together with the accounts and the uploads that they are about. Start reading at {@link
 * dev.zeroftpd.server.hook.HookParts}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.server.hook;
