/**
 * What becomes of the files that clients send: when an upload counts as complete, what a broken one leaves and to whom, and
 * which refusals of the file system a client hears of.
 *
 * <p>The rules are those of docs/uploads.md. Start reading at {@link dev.zeroftpd.it.upload.UploadIT}, then
 * {@link dev.zeroftpd.it.upload.BrokenUploadIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.upload;
