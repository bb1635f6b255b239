/**
 * Files and directories as clients name, list and change them, and that no link leads them out of their home.
 *
 * <p>Transfers here only fetch a listing or make a file. Start reading at {@link dev.zeroftpd.it.files.FileCommandsIT} and
 * {@link dev.zeroftpd.it.files.ListingIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.files;
