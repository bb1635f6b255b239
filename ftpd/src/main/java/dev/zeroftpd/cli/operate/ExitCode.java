package dev.zeroftpd.cli.operate;

/** How the commands end. */
final class ExitCode {

    static final int FINE = 0;

    static final int FAILED = 1;

    static final int WRONG = 2;

    /** No server answers. */
    static final int NO_SERVER = 3;

    private ExitCode() {}
}
