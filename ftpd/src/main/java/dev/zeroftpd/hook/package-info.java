/**
 * Tells the operator's own programs and servers what happens, and asks a program about each upload before it is published.
 * Nothing of it is loaded unless a hook is configured.
 *
 * <p>It knows events, files of this machine and transfers' outcomes; it must not know sessions, commands or storage. Start
 * reading at {@link dev.zeroftpd.hook.Hooks}, then {@code HookQueue} for events and {@code UploadChecks} for uploads.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.hook;
