package dev.zeroftpd.dataconnection;

import dev.zeroftpd.ops.FewLines;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.transfer.channel.PeerFault;
import dev.zeroftpd.transfer.result.Outcome.NoDataConnection;
import java.io.IOException;
import java.util.Optional;
import org.apache.ftpserver.DataConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What the client is told of a data connection that could not be opened, and what the log is. The client gets no text of
 * an exception: that may name addresses of this machine. Stateless; any thread.
 */
final class OpenFaults {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFaults.class);

    /** Each transfer fails while no descriptor is free. */
    private static final FewLines FAILED = FewLines.perMinute(LOG, 60);

    private OpenFaults() {}

    /** For an attempt to accept or to connect. */
    static NoDataConnection of(IOException failure) {
        Optional<String> byPeer = PeerFault.known(failure);
        byPeer.ifPresent(words -> LOG.debug("A data connection was not opened: {}", words, failure));
        return byPeer.map(NoDataConnection::new)
                .orElseGet(() -> ofServer("A data connection can't be opened", failure));
    }

    /** For what this machine or its configuration is to blame for. */
    static NoDataConnection ofServer(String line, Throwable failure) {
        boolean isExpected = failure instanceof IOException || failure instanceof DataConnectionException;
        FAILED.write(
                isExpected ? Level.WARN : Level.ERROR,
                () -> line + ": " + FailureReason.of(failure),
                isExpected ? null : failure);
        return new NoDataConnection("the server can't open it now, see its log; try again later");
    }
}
