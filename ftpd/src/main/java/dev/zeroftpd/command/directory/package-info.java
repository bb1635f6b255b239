/**
 * LIST, NLST, MLSD, MLST and STAT of a path: the verbs that show a directory.
 *
 * <p>What they show, and how the walk goes, is {@code command.listing}'s work. Start reading at
 * {@link dev.zeroftpd.command.directory.ListCommand}, then {@code ListingDownload}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.directory;
