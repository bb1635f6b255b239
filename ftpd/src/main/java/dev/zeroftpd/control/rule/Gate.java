package dev.zeroftpd.control.rule;

/** What a session needs before it may use a command. */
public enum Gate {
    /** At once: it carries no name, no password and no file. */
    BEFORE_TLS,
    /** Before login, but behind AUTH TLS where the listener requires TLS: it is a part of logging in. */
    BEFORE_LOGIN,
    AFTER_LOGIN
}
