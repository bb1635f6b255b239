package dev.zeroftpd.storage;

import java.nio.file.Path;

/** Finds out whether the kernel sends files of a device by {@code sendfile(2)}. Any thread. */
@FunctionalInterface
public interface SendfileProbe {

    /**
     * Asks the kernel.
     *
     * @param file a regular file on the device in question, readable
     */
    boolean worksFor(Path file);
}
