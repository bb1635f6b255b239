package dev.zeroftpd.dataconnection.tls;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The engine of a control connection below {@link ControlEngine}. Used under the lock of MINA's handler.
 *
 * <p>If a delegated task fails, MINA logs it with a stack trace and without an address, and leaves the connection open.
 * So this engine returns the alert for the client instead of throwing, and its owner asks {@link #failure()} what to do
 * with the connection.
 */
final class WatchedHandshake extends ServerEngine {

    WatchedHandshake(SSLEngine engine, boolean overlooksNames, Consumer<String> wanted) {
        super(engine, overlooksNames, wanted);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        try {
            return super.wrap(sources, offset, length, target);
        } catch (SSLException e) {
            if (failure().isPresent()) {
                return engine.wrap(sources, offset, length, target);
            }
            throw e;
        }
    }
}
