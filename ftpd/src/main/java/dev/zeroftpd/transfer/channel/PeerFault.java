package dev.zeroftpd.transfer.channel;

import dev.zeroftpd.os.ErrorNumber;
import dev.zeroftpd.os.ErrorText;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The one table from what a connection to the peer failed with to words for people. They are never the exception's own:
 * those may hold addresses, and come in the language that the process was started in. Stateless; any thread.
 */
public final class PeerFault {

    /** The JDK's own words, where it notices a reset before it asks the kernel again. */
    private static final String RESET = "Connection reset";

    private PeerFault() {}

    /** A clause that may be shown to the client, whatever has failed. */
    public static String words(IOException failure) {
        return known(failure).orElse("the connection failed");
    }

    /** The same for what only a peer or the network can do; empty for anything else, such as a lack of descriptors. */
    public static Optional<String> known(IOException failure) {
        if (failure instanceof ClosedChannelException) {
            return Optional.of("the connection is closed");
        }
        if (RESET.equals(failure.getMessage())) {
            return Optional.of("connection reset");
        }
        OptionalInt number = ErrorText.number(failure);
        return number.isPresent() ? ofNumber(number.getAsInt()) : Optional.empty();
    }

    private static Optional<String> ofNumber(int number) {
        return switch (number) {
            case ErrorNumber.ECONNRESET, ErrorNumber.ECONNABORTED, ErrorNumber.EPIPE -> Optional.of("connection reset");
            case ErrorNumber.ECONNREFUSED -> Optional.of("connection refused");
            case ErrorNumber.ETIMEDOUT -> Optional.of("connection timed out");
            case ErrorNumber.EHOSTDOWN, ErrorNumber.EHOSTUNREACH -> Optional.of("no route to the client");
            default -> Optional.empty();
        };
    }
}
