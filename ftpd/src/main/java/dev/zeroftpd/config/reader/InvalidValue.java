package dev.zeroftpd.config.reader;

import java.io.Serial;

/** A value that its key doesn't take. Caught where key and place are known, and made a {@link Problem} there. One thread. */
final class InvalidValue extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * Both are clauses that follow {@code key=value}.
     *
     * @param what such as "is not a port"
     * @param remedy such as "use a number from 0 to 65535"
     */
    InvalidValue(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    String what() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
