/**
 * Uploads from the first byte to the file under its name: partial files, who may continue them, how a finished one
 * replaces the old file; and renames, which must not pass a running upload.
 *
 * <p>It works on {@link dev.zeroftpd.storage.Storage} and must not know which kind of home that is. Start reading at {@link
 * dev.zeroftpd.storage.upload.Uploads}, then {@code PartialFiles}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.storage.upload;
