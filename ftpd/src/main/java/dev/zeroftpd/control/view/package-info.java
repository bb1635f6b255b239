/**
 * What can be seen of a session and its transfer from outside, at one moment.
 *
 * <p>Values, and how they are taken; it changes nothing. Start reading at {@link dev.zeroftpd.control.view.SessionView}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.view;
