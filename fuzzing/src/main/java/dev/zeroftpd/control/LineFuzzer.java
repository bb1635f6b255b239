package dev.zeroftpd.control;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines of the control connection: the same ones, however the bytes arrive, and none longer than the limit. */
public final class LineFuzzer {

    private LineFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        int limit = data.consumeInt(1, 64);
        int step = data.consumeInt(1, 16);
        byte[] bytes = data.consumeRemainingAsBytes();
        List<Line> atOnce = lines(bytes, limit, bytes.length);
        List<Line> inPieces = lines(bytes, limit, step);
        if (!atOnce.equals(inPieces)) {
            throw new IllegalStateException(atOnce + " in one piece, " + inPieces + " in pieces of " + step);
        }
        for (Line line : atOnce) {
            if (line instanceof Line.Text(String text) && (text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0)) {
                throw new IllegalStateException("a line with " + text);
            }
        }
    }

    private static List<Line> lines(byte[] bytes, int limit, int step) {
        LineDecoder decoder = new LineDecoder();
        decoder.limit(limit);
        List<Line> lines = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += step) {
            ByteBuffer piece = ByteBuffer.wrap(bytes, from, Math.min(step, bytes.length - from));
            for (Optional<Line> line = decoder.next(piece); line.isPresent(); line = decoder.next(piece)) {
                lines.add(line.get());
            }
            if (piece.hasRemaining() || decoder.held() > limit) {
                throw new IllegalStateException("holds " + decoder.held() + " of at most " + limit);
            }
        }
        return lines;
    }
}
