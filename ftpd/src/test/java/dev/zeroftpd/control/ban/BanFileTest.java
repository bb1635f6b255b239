package dev.zeroftpd.control.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.ops.event.Events;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who made a ban and why, in the file. */
class BanFileTest {

    private static final AddressPrefix STRANGER = AddressPrefix.of(InetAddress.ofLiteral("240.0.2.7"), 64);

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    @TempDir
    private Path folder;

    private Bans open() {
        return Bans.kept(
                GuessesTest.rules(10, Set.of()), new BanFile(folder.resolve("state")), Events.NONE, () -> 0, () -> NOW);
    }

    private Path file() {
        return folder.resolve("state/bans");
    }

    @Test
    void whyAnAddressWasBannedOutlivesARestart() throws IOException {
        for (int start = 0; start < 3; start++) {
            try (Bans bans = open()) {
                bans.ban(STRANGER, "a test");
                assertThat(bans.all()).extracting(Banned::why).containsExactly(Optional.of("for 30 min: a test"));
            }
        }
        assertThat(Files.readString(file()))
                .endsWith("240.0.2.7/32 2026-11-29T10:30:00Z 1800 guesses for 30 min: a test\n");
    }

    @Test
    void bansOfAVersionThatKeptNoReasonHold() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(
                file(), "240.0.2.7/32 2026-11-29T10:30:00Z 1800\n10.0.0.0/8 2026-11-29T10:30:00Z 1800 operator\n");
        for (int start = 0; start < 2; start++) {
            try (Bans bans = open()) {
                assertThat(bans.all())
                        .extracting(Banned::origin, Banned::why)
                        .containsExactlyInAnyOrder(
                                tuple(BanOrigin.GUESSES, Optional.empty()),
                                tuple(BanOrigin.OPERATOR, Optional.empty()));
                AddressPrefix range = AddressPrefix.range(InetAddress.ofLiteral("11.0.0.0"), 8);
                bans.banByOperator(range, Bans.FOR_GOOD);
                bans.unban(range);
            }
            assertThat(file()).content().contains("240.0.2.7/32 2026-11-29T10:30:00Z 1800 guesses\n");
        }
    }

    @Test
    void aLineThatNamesAnotherMakerIsPutAside() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "240.0.2.7/32 2026-11-29T10:30:00Z 1800 somebody else\n");

        try (Bans bans = open()) {
            assertThat(bans.all()).isEmpty();
            bans.ban(AddressPrefix.of(InetAddress.ofLiteral("240.0.2.9"), 64), "a test");
        }

        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).anyMatch(path -> path.getFileName().toString().startsWith("bans.damaged"));
        }
    }
}
