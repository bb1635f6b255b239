package dev.zeroftpd.dataconnection.proxy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.Client;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.Malformed;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.More;
import dev.zeroftpd.dataconnection.proxy.ProxyHeader.WithoutClient;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;

/** PROXY headers: of no input more is read than its header, and as much is asked for however the bytes arrive. */
public final class ProxyHeaderFuzzer {

    private static final byte[][] STARTS = {
        {},
        {'P', 'R', 'O', 'X', 'Y', ' ', 'T', 'C', 'P', '4', ' '},
        {'P', 'R', 'O', 'X', 'Y', ' ', 'T', 'C', 'P', '6', ' '},
        {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n', 0x21}
    };

    private ProxyHeaderFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
        byte[] start = STARTS[data.consumeInt(0, STARTS.length - 1)];
        byte[] rest = data.consumeRemainingAsBytes();
        byte[] bytes = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, bytes, start.length, rest.length);

        ProxyHeader atOnce = ProxyHeader.in(ByteBuffer.wrap(bytes));
        for (int i = 0; i < Math.min(bytes.length, 2 * ProxyHeader.LONGEST); i += 1 + i / 64) {
            check(ProxyHeader.in(ByteBuffer.wrap(bytes, 0, i)), atOnce, bytes.length - i);
        }
        ByteArrayInputStream input = new ByteArrayInputStream(bytes);
        ProxyHeader exact;
        try {
            exact = new HeaderReader(Channels.newChannel(input)).read();
        } catch (EOFException early) {
            return;
        }
        int read = bytes.length - input.available();
        if (read > ProxyHeader.LONGEST) {
            throw new IllegalStateException(read + " bytes were read");
        }
        if (isWhole(exact)) {
            boolean isShortest = ProxyHeader.in(ByteBuffer.wrap(bytes, 0, read - 1)) instanceof More;
            if (!exact.equals(atOnce) || !isShortest) {
                throw new IllegalStateException(exact + " of " + read + " bytes, " + atOnce + " of all");
            }
        }
        if (exact instanceof Client client) {
            InetAddress host = client.source().getAddress();
            if (host.isAnyLocalAddress() || host.isMulticastAddress()) {
                throw new IllegalStateException("no client has " + host);
            }
        }
    }

    private static boolean isWhole(ProxyHeader header) {
        return header instanceof Client || header instanceof WithoutClient;
    }

    /** What a part says must be what the whole says, or that more is to come: not more than the whole has. */
    private static void check(ProxyHeader part, ProxyHeader whole, int left) {
        boolean fits = switch (part) {
            case More(int more) -> more > 0 && (!isWhole(whole) || more <= left);
            case Client _, WithoutClient _ -> part.equals(whole);
            case Malformed _ -> whole instanceof Malformed;
        };
        if (!fits) {
            throw new IllegalStateException(part + " of a part, " + whole + " of all; " + left + " bytes left");
        }
    }
}
