package dev.zeroftpd.control;

import java.io.IOException;
import java.io.Serial;
import java.net.InetSocketAddress;
import org.apache.ftpserver.FtpServerConfigurationException;

/** A listener that can't listen, and why, as Apache FtpServer's exception for that. One thread. */
public final class BindFailure extends FtpServerConfigurationException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final InetSocketAddress address;
    private final IOException reason;

    BindFailure(InetSocketAddress address, IOException reason) {
        super("Failed to bind to address " + address + ", check configuration", reason);
        this.address = address;
        this.reason = reason;
    }

    /** Where it was to listen. */
    public InetSocketAddress address() {
        return address;
    }

    /** What the system said, perhaps behind other exceptions. */
    public IOException reason() {
        return reason;
    }
}
