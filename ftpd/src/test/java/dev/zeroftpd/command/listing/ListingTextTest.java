package dev.zeroftpd.command.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.Metadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTextTest {

    @Test
    void sendsTheFirstBytesEarlyAndTheRestInBlocks() throws IOException {
        Blocks blocks = new Blocks();
        ListingText text = new ListingText(blocks);
        Metadata metadata = Lines.metadata(Metadata.Kind.FILE, 1, "2026-11-02T03:04:05Z", 0644);
        LongFormat format = new LongFormat(0, false);

        for (int i = 0; i < 5000; i++) {
            format.add(text, "file-" + i, metadata, Permission.ALL);
        }
        text.flush();

        assertThat(blocks.sizes.getFirst()).isLessThan(2048);
        assertThat(blocks.sizes.subList(1, blocks.sizes.size() - 1)).allMatch(size -> size >= 32 * 1024);
        assertThat(blocks.content.toString().lines()).hasSize(5000);
    }

    @Test
    void cutsALineThatIsLongerThanABlockWithoutLosingAByte() throws IOException {
        Blocks blocks = new Blocks();
        ListingText text = new ListingText(blocks);
        String longest = "x".repeat(100_000);

        text.addName(longest);
        text.endLine();
        text.flush();

        assertThat(blocks.content.toString()).isEqualTo(longest + "\r\n");
    }

    @Test
    void alignsNumbers() throws IOException {
        assertThat(Lines.text(text -> {
                    text.addRight(0, 3);
                    text.addRight(12345, 3);
                    text.addRight(-1, 2);
                    text.addPadded(7, 2);
                    text.addPadded(2026, 4);
                }))
                .isEqualTo("  012345 0072026");
    }

    /** Takes at most 1,000 bytes at once, as a channel may, and remembers how many were offered. */
    private static final class Blocks implements WritableByteChannel {

        private final List<Integer> sizes = new ArrayList<>();
        private final StringBuilder content = new StringBuilder();
        private int rest;

        @Override
        public int write(ByteBuffer source) {
            if (rest == 0) {
                rest = source.remaining();
                sizes.add(rest);
            }
            byte[] taken = new byte[Math.min(1000, source.remaining())];
            source.get(taken);
            rest -= taken.length;
            content.append(new String(taken, StandardCharsets.US_ASCII));
            return taken.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
