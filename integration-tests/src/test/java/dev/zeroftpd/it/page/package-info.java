/**
 * The live page, as a browser asks for it, byte by byte; and as those who would like to.
 *
 * <p>Start reading at {@link dev.zeroftpd.it.page.Browser} and {@link dev.zeroftpd.it.page.StreamIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.page;
