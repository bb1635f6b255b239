package dev.zeroftpd.dataconnection;

/** A data connection that is being opened. Any thread. */
@FunctionalInterface
public interface DataConnectionAttempt {

    /** One that has come to its end before it could be cancelled. */
    DataConnectionAttempt ENDED = () -> {};

    /** Gives up, unless the connection is open already: {@link OpenCallback#cancelled()} follows. Never blocks. */
    void cancel();
}
