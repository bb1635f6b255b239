package dev.zeroftpd.charset;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;

/** Names of files: any bytes come back as they were, in UTF-8 and through the charsets of old devices. */
public final class NameFuzzer {

    private static final List<NameCharset> CHARSETS = List.of(
            NameCharset.UTF_8,
            NameCharset.of(Charset.forName("ISO-8859-1")),
            NameCharset.of(Charset.forName("windows-1251")),
            NameCharset.of(Charset.forName("GBK")),
            NameCharset.of(Charset.forName("Shift_JIS")));

    private NameFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        NameCharset wire = data.pickValue(CHARSETS);
        byte[] bytes = data.consumeRemainingAsBytes();
        String name = FileName.decode(bytes, 0, bytes.length);
        if (!Arrays.equals(FileName.encode(name), bytes)) {
            throw new IllegalStateException("another file: " + name);
        }
        wire.decode(bytes, 0, bytes.length);
        byte[] sent = wire.encode(name);
        String back = wire.decode(sent, 0, sent.length);
        if (!back.equals(name)) {
            throw new IllegalStateException("'" + name + "' is '" + back + "' when the client sends it back");
        }
    }
}
