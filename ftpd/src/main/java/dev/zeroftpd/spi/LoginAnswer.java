package dev.zeroftpd.spi;

import java.util.Map;

/**
 * What a source says of a name and a password. Immutable; any thread.
 *
 * <p>A source that verifies passwords itself answers {@link Yes} or {@link No}, one that stores them {@link Stored} or {@link Absent}.
 */
public sealed interface LoginAnswer {

    /**
     * The password is right, and this is the account.
     *
     * <p>The keys are those of {@code users.properties} without {@code ftpserver.user.NAME.} before them, such as
     * {@code homedirectory}, {@code groups}, {@code permissions./incoming} or {@code quota-bytes}, with values as they would be written
     * there; a relative path starts from the folder of that file. They are read as lines of the account are: what they don't
     * say, its groups do. <code>${user}</code> in a path stands for the name; where the name can't be one element of a path, the
     * account is refused. A home is needed, here or in a group, and {@code userpassword} can't be among them.
     *
     * @param keys copied
     */
    record Yes(Map<String, String> keys) implements LoginAnswer {
        public Yes {
            keys = Map.copyOf(keys);
        }
    }

    /** There is no such account, or it has another password, or it may not log in: the client can't tell which. */
    record No() implements LoginAnswer {}

    /**
     * There is such an account, and the server shall find out whether the password is right: for sources that have the stored form of
     * passwords, and answer {@link Absent} where there is no account. The server compares on the threads that do that for its own file,
     * as late for a name without an account as for one that has one, and only then looks at the keys.
     *
     * @param password as {@code userpassword} of {@code users.properties} stores it, in any of its forms; empty: none is right
     * @param keys as {@link Yes} has them; copied
     */
    record Stored(String password, Map<String, String> keys) implements LoginAnswer {
        public Stored {
            keys = Map.copyOf(keys);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Stored[keys=" + keys + "]";
        }
    }

    /** There is no such account, says a source whose other answer is {@link Stored}: the password is compared with something else. */
    record Absent() implements LoginAnswer {}

    /**
     * This question can't be answered, while others may: the name makes the other side fail, or what it says is no account. The client
     * is told to try again later.
     *
     * @param why in a clause, for the log
     */
    record Unanswered(String why) implements LoginAnswer {}

    /**
     * Nothing can be known now, whatever the question: the other side doesn't answer. For a short while no more is asked.
     *
     * @param why in a clause, for the log
     */
    record Unavailable(String why) implements LoginAnswer {}
}
