package dev.zeroftpd.dataconnection.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One {@code BEGIN … END} block of a PEM file (RFC 7468). Immutable. */
final class PemBlock {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+: .*$");

    private final String label;
    private final boolean header;
    private final byte[] bytes;

    private PemBlock(String label, boolean header, byte[] bytes) {
        this.label = label;
        this.header = header;
        this.bytes = bytes;
    }

    /** The words behind BEGIN, such as {@code CERTIFICATE}. */
    String label() {
        return label;
    }

    /** Whether lines such as {@code Proc-Type: 4,ENCRYPTED} came before the data. */
    boolean hasHeader() {
        return header;
    }

    /** The decoded contents. */
    byte[] bytes() {
        return bytes.clone();
    }

    /**
     * All blocks of a file in their order; text around them is legal.
     *
     * @throws IllegalArgumentException if a block is not base64
     */
    static List<PemBlock> parse(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String body = matcher.group(2);
            String base64 = HEADER.matcher(body).replaceAll("").replaceAll("\\s", "");
            blocks.add(new PemBlock(
                    matcher.group(1),
                    HEADER.matcher(body).find(),
                    Base64.getDecoder().decode(base64)));
        }
        return List.copyOf(blocks);
    }
}
