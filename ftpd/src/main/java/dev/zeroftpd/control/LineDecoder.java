package dev.zeroftpd.control;

import dev.zeroftpd.charset.EscapedUtf8;
import dev.zeroftpd.charset.NameCharset;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns bytes of the control connection into lines, taking out what is Telnet's (RFC 959 section 3.3, RFC 854). One per
 * session; one thread at a time.
 *
 * <p>A line ends with CRLF or LF. Clients send ABOR behind {@code IAC IP} and, as urgent data, {@code IAC DM}; with
 * urgent data inline both arrive in order and are dropped. {@code IAC} before a byte that is no Telnet command is
 * dropped alone: a middlebox has removed the command, and what follows is text.
 *
 * <p>Text is UTF-8 (RFC 2640). Other bytes are kept, because the names of old files have some: see {@link EscapedUtf8}.
 * A listener may have another charset: see {@link NameCharset}. Where 255 is one of its characters, Telnet's commands are
 * only looked for before a line's first byte: clients send them there, and many send names without doubling that byte.
 */
final class LineDecoder {

    /** Longer than any path the systems we run on allow (4,096 bytes) with a verb and some options before it. */
    static final int MAX_LENGTH = 8 * 1024;

    private static final int IAC = 0xff;
    private static final int WILL = 0xfb;
    private static final int FIRST_COMMAND = 0xec;
    /** The one verb whose charset differs; what a line's bytes mean is decided before there is a request. */
    private static final String PASSWORD = "PASS ";

    private static final byte[] NOTHING = new byte[0];

    private enum Telnet {
        TEXT,
        AFTER_IAC,
        AFTER_OPTION_COMMAND
    }

    private final SessionCharset charset;
    private byte[] bytes = NOTHING;
    private int length;
    private boolean tooLong;
    private int limit = MAX_LENGTH;
    private Telnet telnet = Telnet.TEXT;

    /** For UTF-8. */
    LineDecoder() {
        this(SessionCharset.UTF_8);
    }

    LineDecoder(SessionCharset charset) {
        this.charset = charset;
    }

    /** The next line that ends in {@code input}; empty if none does, and then {@code input} is used up. */
    Optional<Line> next(ByteBuffer input) {
        while (input.hasRemaining()) {
            int value = input.get() & 0xff;
            switch (telnet) {
                case TEXT -> {
                    if (value == '\n') {
                        return Optional.of(line());
                    } else if (value == IAC) {
                        telnet = Telnet.AFTER_IAC;
                    } else {
                        append(value, input.remaining());
                    }
                }
                case AFTER_IAC -> afterIac(value, input);
                case AFTER_OPTION_COMMAND -> telnet = Telnet.TEXT;
            }
        }
        return Optional.empty();
    }

    /** A line that has more bytes than this is too long. */
    void limit(int most) {
        limit = most;
    }

    /** Bytes that it holds of a line. */
    int held() {
        return bytes.length;
    }

    /** Forgets what it has of a line. */
    void clear() {
        bytes = NOTHING;
        length = 0;
        tooLong = false;
        telnet = Telnet.TEXT;
    }

    private void afterIac(int value, ByteBuffer input) {
        telnet = Telnet.TEXT;
        if (value == IAC) {
            append(IAC, input.remaining());
        } else if (length > 0 && charset.current().hasByte255()) {
            append(IAC, input.remaining() + 1);
            input.position(input.position() - 1);
        } else if (value >= WILL) {
            telnet = Telnet.AFTER_OPTION_COMMAND;
        } else if (value < FIRST_COMMAND) {
            input.position(input.position() - 1);
        }
    }

    private void append(int value, int more) {
        if (length >= limit) {
            tooLong = true;
            return;
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, length + 1 + more));
        }
        bytes[length++] = (byte) value;
    }

    private Line line() {
        int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
        Line line = tooLong ? new Line.TooLong(limit) : decode(end);
        clear();
        return line;
    }

    private Line decode(int end) {
        boolean ascii = true;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == 0) {
                return new Line.Malformed();
            }
            ascii &= bytes[i] > 0;
        }
        return new Line.Text(
                ascii && charset.current().isUtf8()
                        ? new String(bytes, 0, end, StandardCharsets.US_ASCII)
                        : decodeNames(end));
    }

    private String decodeNames(int end) {
        NameCharset names = charset.current();
        return isPassword(end) ? names.decodeVerbatim(bytes, 0, end) : names.decode(bytes, 0, end);
    }

    /** A password is taken as typed, even where it looks like an escaped name. */
    private boolean isPassword(int end) {
        return end >= PASSWORD.length()
                && new String(bytes, 0, PASSWORD.length(), StandardCharsets.US_ASCII).equalsIgnoreCase(PASSWORD);
    }
}
