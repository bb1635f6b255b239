/**
 * HASH and its older spellings: digests of files, computed on threads beside those of commands.
 *
 * <p>Start reading at {@link dev.zeroftpd.command.hash.HashCommand}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.hash;
