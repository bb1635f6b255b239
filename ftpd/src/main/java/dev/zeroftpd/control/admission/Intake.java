package dev.zeroftpd.control.admission;

import java.util.function.BooleanSupplier;

/**
 * How much one session may send ahead of the commands that run: little without a login, and less if the server holds
 * much. Any thread.
 *
 * @param stranger whether the session has no login
 * @param budget what all sessions share
 */
public record Intake(BooleanSupplier stranger, InputBudget budget) {

    /** Clients send FEAT, AUTH, USER and PASS ahead of replies, hardly more before they know that they are in. */
    static final int LETTERS_BEFORE_LOGIN = 4;

    /** A path may take 8 KiB, but hardly a name or password, be it a token. */
    public static final int BYTES_BEFORE_LOGIN = 4 * 1024;

    /**
     * What a client may pipeline; then its lines wait in the socket. A command has at most two replies, and with those that
     * may be unread already they have to fit into what MINA's TLS lets wait, which is 64.
     */
    static final int LETTERS = 16;

    /** True if no more lines are to be read. A session that has nothing queued may always queue one. */
    public boolean isFull(int letters, int bytes) {
        if (letters == 0) {
            return false;
        }
        return letters >= most() || (bytes >= BYTES_BEFORE_LOGIN && stranger.getAsBoolean());
    }

    /** True if reading may begin again: at half, so that it isn't switched on and off for each command. */
    public boolean isLow(int letters, int bytes) {
        return letters <= most() / 2 && !isFull(letters, bytes);
    }

    private int most() {
        if (budget.isSpent()) {
            return 1;
        }
        return stranger.getAsBoolean() ? LETTERS_BEFORE_LOGIN : LETTERS;
    }
}
