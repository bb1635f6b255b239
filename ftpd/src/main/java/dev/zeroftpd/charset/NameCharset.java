package dev.zeroftpd.charset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The charset in which a client says names, and loses none of them. Immutable; any thread.
 *
 * <p>With UTF-8 it is {@link EscapedUtf8}. With another charset each byte of a name's UTF-8 that the charset has no character
 * for becomes {@code %XX}, from {@code %80} to {@code %FF}, digits in upper case; so do the bytes of names that are no
 * UTF-8. A percent sign that a name has by itself stays, except where it would be read as such an escape: there it becomes
 * {@code %25}. So every name has its text, and {@link #decode} brings back the name from it.
 */
public final class NameCharset {

    /** What names on disk are in, and what clients are expected to speak (RFC 2640). */
    public static final NameCharset UTF_8 = new NameCharset(StandardCharsets.UTF_8);

    private static final Pattern ESCAPE = Pattern.compile("%(25|[89A-F][0-9A-F])");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final char REPLACEMENT = '\uFFFD';
    private static final char LONE = '\uDC00';

    private final Charset charset;
    private final boolean utf8;
    private final boolean hasByte255;

    private NameCharset(Charset charset) {
        this.charset = charset;
        this.utf8 = charset.equals(StandardCharsets.UTF_8);
        this.hasByte255 = !utf8 && new String(new byte[] {(byte) 0xff}, charset).indexOf(REPLACEMENT) < 0;
    }

    /**
     * For a charset of this Java.
     *
     * @param charset one in which the bytes of ASCII mean the characters of ASCII, wherever a character begins
     */
    public static NameCharset of(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) ? UTF_8 : new NameCharset(charset);
    }

    public boolean isUtf8() {
        return utf8;
    }

    /** True if the byte 255, which is Telnet's IAC, is a character. */
    public boolean hasByte255() {
        return hasByte255;
    }

    public String name() {
        return charset.name();
    }

    /** The text of {@code length} bytes, with names as they are on the disk. */
    public String decode(byte[] bytes, int offset, int length) {
        if (utf8) {
            return EscapedUtf8.decode(bytes, offset, length);
        }
        String text = decodeVerbatim(bytes, offset, length);
        Matcher escapes = ESCAPE.matcher(text);
        return escapes.find() ? unescape(text, escapes) : text;
    }

    /** The same for what is no name: it has no escapes. */
    public String decodeVerbatim(byte[] bytes, int offset, int length) {
        if (utf8) {
            return EscapedUtf8.decode(bytes, offset, length);
        }
        String text = new String(bytes, offset, length, charset);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeKeeping(ByteBuffer.wrap(bytes, offset, length));
    }

    /** The bytes for a text with names in it. */
    public byte[] encode(String text) {
        if (utf8) {
            return EscapedUtf8.encode(text);
        }
        if (!ESCAPE.matcher(text).find()) {
            byte[] bytes = text.getBytes(charset);
            if (new String(bytes, charset).equals(text)) {
                return bytes;
            }
        }
        return encodeEscaping(text);
    }

    /** Takes each byte that means nothing in the charset for a byte of the name. */
    private String decodeKeeping(ByteBuffer bytes) {
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer text = CharBuffer.allocate((int) (bytes.remaining() * (double) decoder.maxCharsPerByte()) + 1);
        while (bytes.hasRemaining()) {
            CoderResult result = decoder.reset().decode(bytes, text, true);
            if (result.isError()) {
                // Of a malformed character only the first byte is sure to belong to it.
                for (int left = result.isUnmappable() ? result.length() : 1; left > 0; left--) {
                    byte value = bytes.get();
                    text.put((char) (value < 0 ? LONE + (value & 0xff) : value));
                }
            } else {
                decoder.flush(text);
            }
        }
        return canonical(text.flip().toString());
    }

    /** Bytes that happen to be UTF-8 together become their character, as when the name is read from the disk. */
    private static String canonical(String text) {
        byte[] bytes = EscapedUtf8.encode(text);
        return EscapedUtf8.decode(bytes, 0, bytes.length);
    }

    private static String unescape(String text, Matcher escapes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int start = 0;
        escapes.reset();
        while (escapes.find()) {
            bytes.writeBytes(EscapedUtf8.encode(text.substring(start, escapes.start())));
            bytes.write(HexFormat.fromHexDigits(escapes.group(1)));
            start = escapes.end();
        }
        bytes.writeBytes(EscapedUtf8.encode(text.substring(start)));
        return EscapedUtf8.decode(bytes.toByteArray(), 0, bytes.size());
    }

    private byte[] encodeEscaping(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escapes = ESCAPE.matcher(text);
        for (int i = 0; i < text.length(); ) {
            int length = Character.charCount(text.codePointAt(i));
            String character = text.substring(i, i + length);
            byte[] said = character.getBytes(charset);
            if (character.equals("%") && escapes.region(i, text.length()).lookingAt()) {
                escape(bytes, new byte[] {'%'});
            } else if (new String(said, charset).equals(character)) {
                bytes.writeBytes(said);
            } else {
                escape(bytes, EscapedUtf8.encode(character));
            }
            i += length;
        }
        return bytes.toByteArray();
    }

    private static void escape(ByteArrayOutputStream to, byte[] bytes) {
        for (byte value : bytes) {
            to.write('%');
            to.writeBytes(HEX.toHexDigits(value).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
