package dev.zeroftpd.config.reader;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A charset that a control connection can be in: its text has FTP's commands in it. Stateless; any thread. */
final class CharsetType implements ValueType<Charset> {

    private static final String COMMON = "UTF-8, ISO-8859-1, windows-1252, windows-1251, GBK, Big5, Shift_JIS, EUC-KR";

    private static final int LAST_OF_ASCII = 0x7f;

    @Override
    public Charset parse(String text, Path base) throws InvalidValue {
        Charset charset = find(text);
        if (!charset.canEncode() || !hasAscii(charset)) {
            throw new InvalidValue(
                    "has not all of ASCII in it, which FTP's commands are in", "use one that has, such as " + COMMON);
        }
        return charset;
    }

    private static Charset find(String text) throws InvalidValue {
        try {
            return Charset.forName(text);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            List<String> names = new ArrayList<>();
            Charset.availableCharsets().values().forEach(charset -> {
                names.add(charset.name());
                names.addAll(charset.aliases());
            });
            String remedy = NearestName.to(text, names)
                    .map(name -> "did you mean " + name + "?")
                    .orElse("use the name of one that it knows, such as " + COMMON);
            throw new InvalidValue("is no charset that this Java knows", remedy);
        }
    }

    private static boolean hasAscii(Charset charset) {
        for (int i = 0; i <= LAST_OF_ASCII; i++) {
            byte[] one = {(byte) i};
            String character = Character.toString(i);
            if (!new String(one, charset).equals(character) || !Arrays.equals(character.getBytes(charset), one)) {
                return false;
            }
        }
        return true;
    }
}
