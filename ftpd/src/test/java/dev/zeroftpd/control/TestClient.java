package dev.zeroftpd.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control connection in the raw: sends what it is told in one write, and reads replies. */
public final class TestClient implements AutoCloseable {
    private static final Pattern PASSIVE = Pattern.compile("\\((\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)\\)");

    /** Only so that a broken server fails a test instead of hanging it. */
    private static final int PATIENCE_MILLIS = 30_000;

    public final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    public TestClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public TestClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = socket.getOutputStream();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Sends the lines in one segment. */
    public void send(String... lines) throws IOException {
        sendRaw((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Reads one reply for each code. Answers the last one's last line. */
    public String expect(int... codes) throws IOException {
        String last = "";
        for (int code : codes) {
            last = reply();
            assertThat(last).startsWith(code + " ");
        }
        return last;
    }

    private String reply() throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.length() > 3 && Character.isDigit(line.charAt(0)) && line.charAt(3) == ' ') {
                return line;
            }
        }
        return "(the server has closed the connection)";
    }

    /** Reads until the server closes, and answers whether it did so without a further reply. */
    public boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    public InetSocketAddress passive() throws IOException {
        send("PASV");
        Matcher matcher = PASSIVE.matcher(expect(227));
        assertThat(matcher.find()).isTrue();
        int port = Integer.parseInt(matcher.group(5)) * 256 + Integer.parseInt(matcher.group(6));
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Ends the connection with RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
