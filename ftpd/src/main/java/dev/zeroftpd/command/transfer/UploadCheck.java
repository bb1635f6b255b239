package dev.zeroftpd.command.transfer;

import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.transfer.result.Outcome;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Decides whether finished uploads are published. Any thread that may wait. */
@FunctionalInterface
public interface UploadCheck {

    /**
     * Asked once per upload, by its transfer's thread.
     *
     * @param path as the client sees it
     * @param file where all of it is now; empty if that is in no file of this machine
     * @param ended true once the answer is no longer wanted; then the thread is unparked
     * @return Completed, or how the upload ends instead
     */
    Outcome judge(Event.Client by, String verb, String path, Optional<String> file, BooleanSupplier ended);
}
