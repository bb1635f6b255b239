package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.TrustingTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/**
 * Sessions of one account whose transfers never end and never wait for their clients, so that the server could compute for
 * no other session. One thread begins and closes them; each has a thread of its own that moves its bytes.
 */
final class GreedySessions implements AutoCloseable {

    /** What all of them do. The home has endless {@code zeros}, a long {@code text} and a large {@code tree}. */
    enum Greed {
        /** Zeros become so few bytes that the client can't be slower. */
        RETR_IN_MODE_Z(200),
        /** Blocks of the compressed form that have nothing in them: much to compute and nothing to write. */
        STOR_IN_MODE_Z(60),
        RETR_IN_TYPE_A(60),
        RETR_IN_PROT_P(60),
        LIST_RECURSIVELY(60);

        /** More than the launcher's carriers for virtual threads. */
        private final int sessions;

        Greed(int sessions) {
            this.sessions = sessions;
        }
    }

    private static final byte[] ZLIB_HEADER = {0x78, (byte) 0x9c};

    /** RFC 1951, section 3.2.4: not the last one, stored, of no bytes. */
    private static final byte[] EMPTY_BLOCK = {0, 0, 0, (byte) 0xff, (byte) 0xff};

    private static final int PATIENCE_SECONDS = 60;

    private final Greed greed;
    private final List<ControlClient> controls = new ArrayList<>();
    private final List<Socket> data = new ArrayList<>();
    private final CountDownLatch moving;
    private final AtomicInteger ended = new AtomicInteger();

    private GreedySessions(Greed greed) {
        this.greed = greed;
        this.moving = new CountDownLatch(greed.sessions);
    }

    /** Returns when bytes of all of them move. */
    static GreedySessions begin(Greed greed, InetSocketAddress server) throws IOException, InterruptedException {
        GreedySessions all = new GreedySessions(greed);
        try {
            for (int i = 0; i < greed.sessions; i++) {
                all.controls.add(all.logIn(server));
            }
            for (ControlClient control : all.controls) {
                all.beginTransfer(control);
            }
            assertThat(all.moving.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("all greedy sessions move bytes")
                    .isTrue();
            return all;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private ControlClient logIn(InetSocketAddress server) throws IOException {
        ControlClient control = ControlClient.connect(server);
        if (greed == Greed.RETR_IN_PROT_P) {
            control.expect(234, "AUTH TLS");
            control.protect();
            control.expect(200, "PBSZ 0");
            control.expect(200, "PROT P");
        }
        control.logIn(Account.ALICE);
        control.expect(200, greed == Greed.RETR_IN_TYPE_A ? "TYPE A" : "TYPE I");
        if (greed == Greed.RETR_IN_MODE_Z || greed == Greed.STOR_IN_MODE_Z) {
            control.expect(200, "MODE Z");
        }
        return control;
    }

    private void beginTransfer(ControlClient control) throws IOException {
        String command = switch (greed) {
            case RETR_IN_MODE_Z, RETR_IN_PROT_P -> "RETR zeros";
            case STOR_IN_MODE_Z -> "STOR nothing" + data.size();
            case RETR_IN_TYPE_A -> "RETR text";
            case LIST_RECURSIVELY -> "LIST -R tree";
        };
        InetSocketAddress passive = control.extendedPassive();
        control.send(command);
        Socket socket = new Socket(passive.getAddress(), passive.getPort());
        data.add(socket);
        control.expectReply(150);
        Thread.ofVirtual().start(() -> {
            try {
                move(socket);
            } catch (IOException left) {
                // at the end of the test, by either side
            } finally {
                ended.incrementAndGet();
            }
        });
    }

    private void move(Socket socket) throws IOException {
        switch (greed) {
            case STOR_IN_MODE_Z -> fill(socket.getOutputStream());
            case RETR_IN_PROT_P -> {
                handshake(socket);
                drain(socket.getInputStream());
            }
            case RETR_IN_MODE_Z, RETR_IN_TYPE_A, LIST_RECURSIVELY -> drain(socket.getInputStream());
        }
    }

    /** What comes afterwards is not decrypted: the client would need more of the processors than the server. */
    private static void handshake(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) TrustingTls.context()
                .getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secured.startHandshake();
    }

    private void fill(OutputStream output) throws IOException {
        byte[] blocks = new byte[EMPTY_BLOCK.length << 14];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = EMPTY_BLOCK[i % EMPTY_BLOCK.length];
        }
        output.write(ZLIB_HEADER);
        output.write(blocks);
        moving.countDown();
        while (!Thread.currentThread().isInterrupted()) {
            output.write(blocks);
        }
    }

    private void drain(InputStream input) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int first = input.read(buffer);
        moving.countDown();
        for (int read = first; read != -1; read = input.read(buffer)) {
            // to nowhere
        }
    }

    /** How many transfers have ended. */
    int ended() {
        return ended.get();
    }

    /** With RST: what was sent before a FIN would be carried out. */
    @Override
    public void close() throws IOException {
        for (Socket socket : data) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        for (ControlClient control : controls) {
            control.reset();
        }
    }
}
