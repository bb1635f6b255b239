package dev.zeroftpd.control.rule;

/** What of a command's line operators may see who trace its session. */
public enum Telling {

    /** The line as it came. */
    WHOLE,

    /** The same; its argument is the name of the account that the client wants to be. */
    ACCOUNT_NAME,

    /** The verb: its argument is a secret, or nothing that the verb knows. */
    VERB,

    /** Nothing: it begins with no command, so it may be a password. */
    NOTHING
}
