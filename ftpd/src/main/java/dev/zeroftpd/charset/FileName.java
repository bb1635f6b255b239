package dev.zeroftpd.charset;

/**
 * Converts between the bytes of a Linux file name and text: UTF-8, whatever the locale is. Stateless; any thread.
 *
 * <p>Linux names are bytes. One that is not UTF-8 must still be listed, downloaded and deleted, so no byte is lost: see
 * {@link EscapedUtf8}.
 */
public final class FileName {

    private FileName() {}

    public static String decode(byte[] bytes, int offset, int length) {
        return EscapedUtf8.decode(bytes, offset, length);
    }

    public static byte[] encode(String name) {
        return EscapedUtf8.encode(name);
    }
}
