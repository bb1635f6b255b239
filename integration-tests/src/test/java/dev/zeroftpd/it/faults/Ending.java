package dev.zeroftpd.it.faults;

import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/** How a client stops in the middle of what it was saying. */
enum Ending {
    /** It says that no more will come, and reads on. */
    FIN,
    /** As a process that is killed with unread bytes. */
    RST,
    /** It neither says nor reads anything any more, and stays connected. */
    SILENCE;

    /** Only a server that keeps what it should end is waited for so long. */
    private static final int PATIENCE_MILLIS = 60_000;

    void apply(Socket socket) throws IOException {
        quietly(
                switch (this) {
                    case FIN -> socket::shutdownOutput;
                    case RST -> () -> reset(socket);
                    case SILENCE -> () -> {};
                });
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void apply(ControlClient client) throws IOException {
        quietly(
                switch (this) {
                    case FIN -> client::halfClose;
                    case RST -> client::reset;
                    case SILENCE -> () -> {};
                });
    }

    void apply(DataClient data) throws IOException {
        quietly(
                switch (this) {
                    case FIN -> data::end;
                    case RST -> data::reset;
                    case SILENCE -> () -> {};
                });
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void quietly(Step step) throws IOException {
        try {
            step.run();
        } catch (SocketException ended) {
            // the server was quicker, or this side has ended before
        }
    }

    /** Waits until the server has ended the connection; fails if it doesn't. */
    static void awaitEndByServer(Socket socket) throws IOException {
        if (socket.isClosed()) {
            return;
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        try (socket) {
            byte[] unread = new byte[8192];
            while (socket.getInputStream().read(unread) != -1) {
                // replies that the client did not want any more
            }
        } catch (SocketException reset) {
            // that is an end too
        }
    }
}
