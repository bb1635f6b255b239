package dev.zeroftpd.operator;

import java.io.Serial;

/** A command of the operator can't be carried out; its message says why, and what to do. */
public final class Refused extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The exit codes of the command that asked. */
    static final int FAILED = 1;

    static final int WRONG = 2;

    private final int exitCode;

    private Refused(String why, int exitCode) {
        super(why);
        this.exitCode = exitCode;
    }

    /** There is no such session, ban, account … */
    public static Refused because(String why) {
        return new Refused(why, FAILED);
    }

    /** What was asked, or the configuration, is wrong. */
    public static Refused wrong(String why) {
        return new Refused(why, WRONG);
    }

    int exitCode() {
        return exitCode;
    }
}
