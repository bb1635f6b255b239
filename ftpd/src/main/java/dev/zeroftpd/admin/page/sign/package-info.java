/**
 * Who is signed in to the live page, and what they may do.
 *
 * <p>It knows no HTTP. Start reading at {@link dev.zeroftpd.admin.page.sign.SignIns}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.admin.page.sign;
