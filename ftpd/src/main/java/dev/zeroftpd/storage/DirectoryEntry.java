package dev.zeroftpd.storage;

import dev.zeroftpd.charset.FileName;

/**
 * One name in a directory and what it leads to. Immutable; any thread.
 *
 * @param name as the file system has it: it may contain control characters, which a listing must escape. Bytes that
 *     are not UTF-8 stand as U+DC80 to U+DCFF, see {@link FileName}
 */
public record DirectoryEntry(String name, Metadata metadata) {}
