/**
 * What the live page is told of the server, and what a browser asks of it.
 *
 * <p>It knows no HTTP. Start reading at {@link dev.zeroftpd.admin.page.source.Watched}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.admin.page.source;
