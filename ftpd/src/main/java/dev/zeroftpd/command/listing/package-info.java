/**
 * Directory listings: what a client asked for, the walk through the file system, and the lines that tell of it.
 *
 * <p>Nothing here knows of sessions, replies or data connections: a {@link dev.zeroftpd.command.listing.Walk} pushes
 * entries, one at a time, through a {@link dev.zeroftpd.command.listing.LineFormat} into a
 * {@link dev.zeroftpd.command.listing.ListingText}. Memory doesn't grow with the directory. Start reading at
 * {@link dev.zeroftpd.command.listing.Walk}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.listing;
