package dev.zeroftpd.command.listing;

import dev.zeroftpd.charset.FileName;
import dev.zeroftpd.charset.NameCharset;
import dev.zeroftpd.transfer.turn.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.regex.Pattern;

/**
 * The bytes of a listing on their way out, collected into blocks. Used by one thread.
 *
 * <p>Lines end with CRLF whatever TYPE says: a listing is text (RFC 959, section 4.1.3), and every client reads it so.
 */
public final class ListingText {

    /** Enough that a block costs more than the call which sends it. */
    private static final int BLOCK_BYTES = 32 * 1024;

    /** The first block is small: a client shows something while the rest is still read. */
    private static final int FIRST_BLOCK_BYTES = 1024;

    /** Room behind a full block, so that few lines are cut. */
    private static final int SPARE_BYTES = 1024;

    /** Some terminals obey U+009B as they do ESC and a bracket, and some clients end a line at U+0085. */
    private static final Pattern CONTROLS_BEYOND_ASCII = Pattern.compile("[\\x80-\\x9f]");

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'};
    private static final int LONGEST_NUMBER = 20;

    private final WritableByteChannel out;
    private final NameCharset charset;
    private final byte[] block = new byte[BLOCK_BYTES + SPARE_BYTES];
    private final byte[] number = new byte[LONGEST_NUMBER];
    private Turn walk = Turn.current();
    private int used;
    private int sendAt = FIRST_BLOCK_BYTES;

    /** For listings in UTF-8. */
    public ListingText(WritableByteChannel out) {
        this(out, NameCharset.UTF_8);
    }

    public ListingText(WritableByteChannel out, NameCharset charset) {
        this.out = out;
        this.charset = charset;
    }

    /** To be called before the first byte if the lines are found by another turn than the running thread's. */
    void foundBy(Turn turn) {
        walk = turn;
    }

    /** Adds one byte of the line. */
    void add(char ascii) throws IOException {
        if (used == block.length) {
            flush();
        }
        block[used++] = (byte) ascii;
    }

    /** Adds text of ours, ASCII only. */
    void add(String ascii) throws IOException {
        for (int i = 0; i < ascii.length(); i++) {
            add(ascii.charAt(i));
        }
    }

    /** Adds bytes as they are. */
    void add(byte[] bytes) throws IOException {
        for (byte value : bytes) {
            add((char) (value & 0xff));
        }
    }

    /** Adds a number with blanks before it up to {@code width}. */
    void addRight(long value, int width) throws IOException {
        int at = LONGEST_NUMBER;
        long left = Math.max(0, value);
        do {
            number[--at] = DIGITS[(int) (left % 10)];
            left /= 10;
        } while (left > 0);
        for (int blanks = width - (LONGEST_NUMBER - at); blanks > 0; blanks--) {
            add(' ');
        }
        while (at < LONGEST_NUMBER) {
            add((char) number[at++]);
        }
    }

    /** Adds a number with zeros before it, {@code width} digits in all. */
    void addPadded(long value, int width) throws IOException {
        long divisor = 1;
        for (int i = 1; i < width; i++) {
            divisor *= 10;
        }
        for (long left = divisor; left > 0; left /= 10) {
            add((char) DIGITS[(int) (value / left % 10)]);
        }
    }

    /**
     * Adds a file's name in the client's charset; in UTF-8 with the bytes that it really has. What would end the line
     * becomes a question mark: a name with a line end in it must not forge an entry.
     */
    void addName(String name) throws IOException {
        addName(name, false);
    }

    /** The same for people's eyes: every control character becomes a question mark. */
    void addPrintableName(String name) throws IOException {
        addName(name, true);
    }

    private void addName(String name, boolean printable) throws IOException {
        if (!charset.isUtf8()) {
            addIn(charset, name, printable);
            return;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80) {
                addEncoded(name.substring(i), printable);
                return;
            }
            add(defused(c, printable));
        }
    }

    /** Bytes of such a charset that look like ASCII may be a character's second ones, so the text is what is defused. */
    private void addIn(NameCharset other, String name, boolean printable) throws IOException {
        StringBuilder shown = new StringBuilder(name);
        for (int i = 0; i < shown.length(); i++) {
            shown.setCharAt(i, defused(shown.charAt(i), printable));
        }
        String text = printable ? CONTROLS_BEYOND_ASCII.matcher(shown).replaceAll("?") : shown.toString();
        add(other.encode(text));
    }

    private void addEncoded(String rest, boolean printable) throws IOException {
        String shown = printable ? CONTROLS_BEYOND_ASCII.matcher(rest).replaceAll("?") : rest;
        for (byte value : FileName.encode(shown)) {
            add(value < 0 ? (char) (value & 0xff) : defused((char) value, printable));
        }
    }

    private static char defused(char c, boolean printable) {
        boolean refused = printable ? c < ' ' || c == 0x7f : c == '\n' || c == '\r' || c == 0;
        return refused ? '?' : c;
    }

    void endLine() throws IOException {
        add('\r');
        add('\n');
        if (used >= sendAt) {
            flush();
        }
    }

    /** Sends what is left. */
    public void flush() throws IOException {
        walk.leave(); // the client may take its time
        Turn.current().leave();
        ByteBuffer bytes = ByteBuffer.wrap(block, 0, used);
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        Turn.current().leave(); // compressing has taken it
        used = 0;
        sendAt = BLOCK_BYTES;
    }

    /** False once the connection was dropped. */
    boolean isOpen() {
        return out.isOpen();
    }
}
