/**
 * How busy the server was in the last day, in memory of a fixed size, and in a file that outlives the process.
 *
 * <p>Start reading at {@link dev.zeroftpd.admin.page.history.History}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.admin.page.history;
