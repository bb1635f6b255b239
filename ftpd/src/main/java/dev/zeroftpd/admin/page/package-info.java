/**
 * The live page: what a browser asks for, and who may.
 *
 * <p>It is part of the HTTP server of {@code admin.http}; nothing of it is loaded without that. Start reading at
 * {@link dev.zeroftpd.admin.page.LivePage}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.admin.page;
