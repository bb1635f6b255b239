/**
 * What open pages are told while they are open: one stream per page, with what has changed of what it shows.
 *
 * <p>It knows no HTTP but for the bytes of an event stream. Start reading at {@link dev.zeroftpd.admin.page.live.Viewer}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.admin.page.live;
