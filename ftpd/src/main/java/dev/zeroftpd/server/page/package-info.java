/**
 * What the live page gets of the server. It exists only while {@code admin.http} is set.
 *
 * <p>Start reading at {@link dev.zeroftpd.server.page.PageParts}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.server.page;
