package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.reply.Refusal;

/** Which way the bytes of a data connection go. */
public enum Direction {
    DOWNLOAD(Refusal.OF_ACTION),
    UPLOAD(Refusal.OF_NAME),
    LISTING(Refusal.OF_ACTION);

    private final Refusal refusal;

    Direction(Refusal refusal) {
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
