/**
 * What is known of a file without reading it: whether it has changed, and whether it can be read.
 *
 * <p>It must not know settings. Start reading at {@link dev.zeroftpd.config.file.FileStamp}.
 */
@NullMarked
package dev.zeroftpd.config.file;

import org.jspecify.annotations.NullMarked;
