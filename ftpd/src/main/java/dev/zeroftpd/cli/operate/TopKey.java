package dev.zeroftpd.cli.operate;

/** What was pressed. */
sealed interface TopKey {

    /** A printable character. */
    record Typed(char typed) implements TopKey {}

    /** Any other key that is known. */
    enum Named implements TopKey {
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        ENTER,
        ERASE,
        ESCAPE,
        /** Ctrl-C, or the terminal is gone. */
        END,
        /** Nothing for a moment. */
        NONE
    }
}
