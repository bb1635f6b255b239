package dev.zeroftpd.it.faults;

import dev.zeroftpd.it.support.TrustingTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** The client's side of TLS on a connection, which stops when it has sent a number of bytes. Used once, by one thread. */
final class CutTlsClient {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Socket socket;
    private final SSLEngine engine;
    private final ByteBuffer out;
    private final ByteBuffer in;
    private final ByteBuffer plain;
    private final int most;
    private int sent;

    private CutTlsClient(Socket socket, String protocol, int most) {
        this.socket = socket;
        this.most = most;
        this.engine = TrustingTls.context().createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        int packet = engine.getSession().getPacketBufferSize();
        this.out = ByteBuffer.allocate(packet);
        this.in = ByteBuffer.allocate(packet);
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /**
     * Handshakes, sends {@code text}, and says that no more will come; but no more than {@code most} bytes of all that.
     *
     * @return the number of bytes that were sent
     */
    static int speak(Socket socket, String protocol, byte[] text, int most) throws IOException {
        CutTlsClient client = new CutTlsClient(socket, protocol, most);
        try {
            client.speak(ByteBuffer.wrap(text));
        } catch (SocketException endedByServer) {
            // the server may end what takes too long
        }
        return client.sent;
    }

    private void speak(ByteBuffer text) throws IOException {
        engine.beginHandshake();
        boolean goesOn = true;
        while (goesOn) {
            goesOn = switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> compute();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> receive();
                case NEED_WRAP -> send(NOTHING);
                case NOT_HANDSHAKING, FINISHED -> text.hasRemaining() ? send(text) : end();
            };
        }
    }

    private boolean compute() {
        engine.getDelegatedTask().run();
        return true;
    }

    /** False when all has been said, or as much as may be. */
    private boolean end() throws IOException {
        engine.closeOutbound();
        send(NOTHING);
        return false;
    }

    private boolean send(ByteBuffer text) throws IOException {
        out.clear();
        engine.wrap(text, out);
        int count = Math.min(out.position(), most - sent);
        socket.getOutputStream().write(out.array(), 0, count);
        sent += count;
        return count == out.position() && sent < most;
    }

    private boolean receive() throws IOException {
        in.flip();
        SSLEngineResult result = engine.unwrap(in, plain.clear());
        in.compact();
        if (result.getStatus() != SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            return result.getStatus() != SSLEngineResult.Status.CLOSED;
        }
        InputStream input = socket.getInputStream();
        int read = input.read(in.array(), in.position(), in.remaining());
        in.position(in.position() + Math.max(0, read));
        return read > 0;
    }
}
