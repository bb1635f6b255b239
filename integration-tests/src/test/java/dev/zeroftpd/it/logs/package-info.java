/**
 * What a server tells of all that happens: lines for people, JSON, wu-ftpd's format, the record of who did what, and the files
 * that they are in.
 *
 * <p>Nothing here looks at replies. Start reading at {@link dev.zeroftpd.it.logs.EventLinesIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.logs;
