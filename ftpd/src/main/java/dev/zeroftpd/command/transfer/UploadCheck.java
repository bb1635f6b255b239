package dev.zeroftpd.command.transfer;

import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.transfer.result.Outcome;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Decides whether finished uploads are published. Any thread that may wait. */
@FunctionalInterface
public interface UploadCheck {

    /**
     * What an upload is called.
     *
     * @param verb the command
     * @param path of the file that is to be published
     * @param told the same as its client is told it
     */
    record Named(String verb, String path, String told) {}

    /**
     * Asked once per upload, by its transfer's thread.
     *
     * @param upload what it is called
     * @param file where all of it is now; empty if that is in no file of this machine
     * @param ended true once the answer is no longer wanted; then the thread is unparked
     * @return Completed, or how the upload ends instead
     */
    Outcome judge(Event.Client by, Named upload, Optional<String> file, BooleanSupplier ended);
}
