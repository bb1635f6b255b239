package dev.zeroftpd.charset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 text that may have other bytes in it and loses none of them. Stateless; any thread.
 *
 * <p>Each byte that is no UTF-8 becomes a lone surrogate, U+DC80 to U+DCFF, and back (the way of Python's {@code
 * surrogateescape}). So a name of other bytes can be listed, and named by a client that sends it as it was listed.
 */
public final class EscapedUtf8 {

    private static final char ESCAPE = '\uDC00';
    private static final char REPLACEMENT = '\uFFFD';

    private EscapedUtf8() {}

    /** The text of {@code length} bytes. */
    static String decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeEscaping(ByteBuffer.wrap(bytes, offset, length));
    }

    /** The bytes that {@code text} was decoded from. */
    static byte[] encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                return encodeEscaped(text);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String decodeEscaping(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        while (bytes.hasRemaining()) {
            if (decoder.reset().decode(bytes, text, true).isError()) {
                text.put((char) (ESCAPE + (bytes.get() & 0xff)));
            }
        }
        return text.flip().toString();
    }

    private static byte[] encodeEscaped(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int start = 0;
        for (int i = 0; i < name.length(); i++) {
            if (isEscape(name, i)) {
                bytes.writeBytes(name.substring(start, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(name.charAt(i) - ESCAPE);
                start = i + 1;
            }
        }
        bytes.writeBytes(name.substring(start).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static boolean isEscape(String name, int index) {
        char c = name.charAt(index);
        return c >= ESCAPE + 0x80
                && c <= ESCAPE + 0xff
                && (index == 0 || !Character.isHighSurrogate(name.charAt(index - 1)));
    }
}
