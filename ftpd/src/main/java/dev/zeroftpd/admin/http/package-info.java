/**
 * Answers HTTP requests of the operator's programs: who may ask, for what, and how long that may take.
 *
 * <p>It knows what it tells only as texts and truth values. Start reading at {@link dev.zeroftpd.admin.http.AdminServer}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.admin.http;
