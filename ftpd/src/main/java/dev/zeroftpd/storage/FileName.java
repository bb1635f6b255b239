package dev.zeroftpd.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Between the bytes of a Linux file name and text, UTF-8 whatever the locale is. Stateless; any thread.
 *
 * <p>Linux names are bytes. One that is not UTF-8 must still be listed, downloaded and deleted, so each byte that is no
 * UTF-8 becomes a lone surrogate, U+DC80 to U+DCFF, and back (the way of Python's {@code surrogateescape}).
 */
public final class FileName {

    private static final char ESCAPE = '\uDC00';
    private static final char REPLACEMENT = '\uFFFD';

    private FileName() {}

    public static String decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeEscaping(ByteBuffer.wrap(bytes, offset, length));
    }

    public static byte[] encode(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (isEscape(name, i)) {
                return encodeEscaped(name);
            }
        }
        return name.getBytes(StandardCharsets.UTF_8);
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
