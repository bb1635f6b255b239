package dev.zeroftpd.check;

/** Tells which names and passwords can be asked about. Stateless; any thread. */
final class Sayable {

    private Sayable() {}

    /**
     * Whether programs and servers of all languages read the text as it is: line ends would make other lines of it, C ends it at a NUL
     * ({@code secret\0guess} must not be {@code secret}), and a lone surrogate, which stands for bytes that are no UTF-8, has none.
     */
    static boolean isSayable(String text) {
        return text.codePoints().noneMatch(Sayable::isUnfit);
    }

    private static boolean isUnfit(int codePoint) {
        boolean loneSurrogate = codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint);
        return codePoint == 0 || codePoint == '\n' || codePoint == '\r' || loneSurrogate;
    }
}
