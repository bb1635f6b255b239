package dev.zeroftpd.admin.page.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.operator.socket.JsonLine;
import dev.zeroftpd.transfer.result.StreamReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static final int STAMP = History.stamp(NOW);

    @TempDir
    private Path folder;

    private static float[] sample(float sessions, float logins, float rate) {
        float[] sample = new float[Column.NUMBERS];
        sample[Column.SESSIONS.place()] = sessions;
        sample[Column.LOGINS.place()] = logins;
        sample[Column.DOWNLOAD_STREAMED.place()] = rate;
        sample[Column.placeOf(StreamReason.TLS)] = rate;
        return sample;
    }

    private static List<?> column(History history, int points, String name) throws IOException {
        return (List<?>)
                Objects.requireNonNull(JsonLine.parse(history.json(points, NOW)).get(name));
    }

    @Test
    void severalSamplesBecomeOnePoint() throws IOException {
        History history = new History();
        for (int i = 0; i < 6; i++) {
            history.put(STAMP - i, sample(i, 2, 10 * i));
        }
        List<?> sessions = column(history, 1440, "sessions");
        assertThat(sessions).hasSize(1440);
        assertThat(sessions.getLast()).isEqualTo(5); // the most
        assertThat(sessions.getFirst()).isNull(); // not known
        assertThat(column(history, 1440, "logins").getLast()).isEqualTo(12); // all
        assertThat(column(history, 1440, "download_streamed").getLast()).isEqualTo(25); // the mean
        assertThat(JsonLine.parse(history.json(1440, NOW)).get("reasons"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("TLS");
        assertThat(column(history, 8640, "sessions").subList(8634, 8640)).isEqualTo(List.of(5, 4, 3, 2, 1, 0));
        assertThat(column(history, 8640, "time").getLast()).isEqualTo((int) NOW.getEpochSecond());
    }

    @Test
    void whatIsOlderThanADayIsOverwrittenOrNotShown() throws IOException {
        History history = new History();
        history.put(STAMP - History.SLOTS, sample(1, 0, 0));
        assertThat(column(history, 8640, "sessions")).containsOnlyNulls();
        history.put(STAMP, sample(2, 0, 0));
        assertThat(column(history, 8640, "sessions").getLast()).isEqualTo(2);
    }

    @Test
    void theNewestIsTold() {
        History history = new History();
        assertThat(history.newestJson()).isEmpty();
        history.put(STAMP, sample(3, 1, 7));
        assertThat(history.newestJson().orElseThrow())
                .startsWith("{\"time\":" + NOW.getEpochSecond() + ",\"sessions\":3,")
                .endsWith("\"reasons\":{\"TLS\":7}}");
    }

    @Test
    void aFileGivesBackWhatWasWrittenAndADamagedOneNothing() throws IOException {
        History history = new History();
        for (int i = 0; i < History.SLOTS; i++) {
            history.put(STAMP - i, sample(i, 1, i));
        }
        HistoryFile file = new HistoryFile(folder);
        file.readInto(new History()); // there is none yet
        file.write(history);
        Path written = folder.resolve("history");
        assertThat(Files.size(written)).isLessThan(1 << 20);
        assertThat(read()).isEqualTo(history.json(8640, NOW));

        byte[] whole = Files.readAllBytes(written);
        for (Map.Entry<String, byte[]> damage : Map.of(
                        "cut", java.util.Arrays.copyOf(whole, whole.length / 2),
                        "empty", new byte[0],
                        "other", "Not this at all.".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .entrySet()) {
            Files.write(written, damage.getValue());
            assertThat(read()).as(damage.getKey()).isEqualTo(new History().json(8640, NOW));
        }
        for (int at = 11; at < whole.length; at += 9_973) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(written, flipped);
            assertThat(read()).as("byte %d", at).isEqualTo(new History().json(8640, NOW));
        }
        file.write(history);
        assertThat(read()).isEqualTo(history.json(8640, NOW));
    }

    private String read() {
        History read = new History();
        new HistoryFile(folder).readInto(read);
        return read.json(8640, NOW);
    }
}
