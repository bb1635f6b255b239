/**
 * What the tests of all rooms share: servers that they start, accounts and files that servers have, and connections that say
 * exactly what a test wants said.
 *
 * <p>Nothing here knows a room that uses it, or what is being tested. Start reading at
 * {@link dev.zeroftpd.it.support.RunningServer} and {@link dev.zeroftpd.it.support.ControlClient}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.support;
