package dev.zeroftpd.dataconnection.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The ClientHellos of one connection that the engine got with a change: at most two, the second behind a HelloRetryRequest.
 * Thread-safe.
 */
final class ReplacedHellos {

    private final List<Pair> pairs = new CopyOnWriteArrayList<>();

    private static final class Pair {
        private final byte[] changed;
        private final byte[] original;
        private final int changedAt;

        /** @param changedAt the first byte that differs */
        Pair(byte[] changed, byte[] original, int changedAt) {
            this.changed = changed.clone();
            this.original = original.clone();
            this.changedAt = changedAt;
        }

        /** What the client sent, where {@code input} is, or begins with, the changed message or enough of its beginning. */
        Optional<byte[]> original(byte[] input, int offset, int length) {
            int common = Math.min(length, changed.length);
            if (common <= changedAt + 1 || !Arrays.equals(input, offset, offset + common, changed, 0, common)) {
                return Optional.empty();
            }
            byte[] restored = Arrays.copyOfRange(input, offset, offset + length);
            System.arraycopy(original, 0, restored, 0, common);
            return Optional.of(restored);
        }
    }

    void add(byte[] changed, byte[] original, int changedAt) {
        pairs.add(new Pair(changed, original, changedAt));
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** The bytes as the client sent them; empty where nothing of them was changed. */
    Optional<byte[]> original(byte[] input, int offset, int length) {
        for (Pair pair : pairs) {
            Optional<byte[]> original = pair.original(input, offset, length);
            if (original.isPresent()) {
                return original;
            }
        }
        return Optional.empty();
    }
}
