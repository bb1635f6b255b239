package dev.zeroftpd.command.transfer;

import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.transfer.TransferEngine;
import java.util.Optional;

/** What all transfers of a server are made with: the engine, the limits, the rules for uploads. Immutable; any thread. */
public final class TransferParts {

    private final TransferEngine engine;
    private final LimitsByAccount limits;
    private final boolean demandCloseNotify;
    private final WithoutQuit withoutQuit;
    private final Optional<UploadCheck> uploadCheck;

    /**
     * Takes what the verbs will share.
     *
     * @param demandCloseNotify whether an upload over TLS that ends without close_notify counts as broken
     * @param withoutQuit how to treat an upload whose client vanished
     * @param uploadCheck asked before an upload is published; empty: all are
     */
    public TransferParts(
            TransferEngine engine,
            LimitsByAccount limits,
            boolean demandCloseNotify,
            WithoutQuit withoutQuit,
            Optional<UploadCheck> uploadCheck) {
        this.uploadCheck = uploadCheck;
        this.demandCloseNotify = demandCloseNotify;
        this.withoutQuit = withoutQuit;
        this.engine = engine;
        this.limits = limits;
    }

    TransferEngine engine() {
        return engine;
    }

    LimitsByAccount limits() {
        return limits;
    }

    boolean demandCloseNotify() {
        return demandCloseNotify;
    }

    WithoutQuit withoutQuit() {
        return withoutQuit;
    }

    Optional<UploadCheck> uploadCheck() {
        return uploadCheck;
    }
}
