package dev.zeroftpd.admin.page.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndedTransfersTest {

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final EndedTransfers transfers = new EndedTransfers(() -> now);

    private void end(String user, String path) {
        transfers.write(new Event(
                now,
                EventKind.UPLOAD,
                new Event.Client("s-1", user, "192.0.2.7", true),
                Event.Deed.of("STOR", path),
                new Ending.Refused("550", "No.")));
    }

    private EndedTransfers.Past before(long number, int most) {
        return transfers.before(number, TransferFilter.ALL, Optional.empty(), most);
    }

    @Test
    void keepsTheNewestOnly() {
        for (int i = 0; i < EndedTransfers.MOST + 10; i++) {
            end("ada", "/" + i);
        }
        EndedTransfers.Past past = before(Long.MAX_VALUE, 2);
        assertThat(past.kept()).isEqualTo(EndedTransfers.MOST);
        assertThat(past.entries()).extracting(entry -> entry.get("path")).containsExactly("/5009", "/5008");
        assertThat(before(past.next().orElseThrow(), 1).entries())
                .extracting(entry -> entry.get("path"))
                .containsExactly("/5007");
    }

    @Test
    void longNamesTakeThePlaceOfOlderOnes() {
        for (int i = 0; i < EndedTransfers.MOST; i++) {
            end("ada", "/" + "x".repeat(1000));
        }
        assertThat(before(Long.MAX_VALUE, 1).kept()).isBetween(900, 1100);
    }

    @Test
    void forgetsAfterADay() {
        end("ada", "/old");
        now = now.plus(Duration.ofHours(23));
        end("ada", "/new");
        now = now.plus(Duration.ofHours(2));
        assertThat(before(Long.MAX_VALUE, 5).entries())
                .extracting(entry -> entry.get("path"))
                .containsExactly("/new");
        assertThat(before(Long.MAX_VALUE, 5).next()).isEmpty();
    }

    @Test
    void tellsWhatIsNewAndHowMuchIsLeftOut() {
        transfers.groups(user -> List.of("of-" + user));
        end("ada", "/a");
        EndedTransfers.Found first = transfers.since(0, TransferFilter.ALL, Optional.empty(), 10);
        assertThat(first.entries()).hasSize(1);
        for (int i = 0; i < 15; i++) {
            end(i % 2 == 0 ? "ada" : "bob", "/" + i);
        }
        EndedTransfers.Found next = transfers.since(first.last(), TransferFilter.ALL, Optional.empty(), 10);
        assertThat(next.leftOut()).isEqualTo(5);
        assertThat(next.entries().getLast()).containsEntry("path", "/14").containsEntry("outcome", "refused");
        assertThat(next.entries().getLast()).containsEntry("way", null).containsEntry("direction", "upload");
        assertThat(transfers
                        .since(first.last(), TransferFilter.ALL, Optional.of("of-bob"), 10)
                        .entries())
                .hasSize(7);
        assertThat(transfers
                        .since(next.last(), TransferFilter.ALL, Optional.empty(), 10)
                        .entries())
                .isEmpty();
    }

    @Test
    void aGroupIsToldOfWhatItsMembersDidWhileTheyWereIn() {
        transfers.groups(user -> List.of("of-" + user));
        end("ada", "/a");
        end("bob", "/b");
        transfers.groups(_ -> List.of());
        end("ada", "/later");
        EndedTransfers.Past past = transfers.before(Long.MAX_VALUE, TransferFilter.ALL, Optional.of("of-ada"), 5);
        assertThat(past.entries()).extracting(entry -> entry.get("path")).containsExactly("/a");
        assertThat(past.kept()).isEqualTo(1);
    }

    @Test
    void longDetailsAreShortened() {
        transfers.write(new Event(
                now,
                EventKind.UPLOAD,
                new Event.Client("s-1", "ada", "192.0.2.7", true),
                Event.Deed.of("STOR", "/a"),
                new Ending.Refused("550", "x".repeat(1000))));
        assertThat(String.valueOf(before(Long.MAX_VALUE, 1).entries().getFirst().get("detail")))
                .hasSize(257);
    }

    @Test
    void filters() throws BadRequest {
        end("Ada", "/in/A.ISO");
        for (String[] wanted : new String[][] {
            {"{\"user\":\"ada\"}", "1"},
            {"{\"path\":\".iso\"}", "1"},
            {"{\"outcome\":\"refused\"}", "1"},
            {"{\"outcome\":\"failed-any\"}", "1"},
            {"{\"outcome\":\"completed\"}", "0"},
            {"{\"way\":\"streamed\"}", "0"},
            {"{\"direction\":\"download\"}", "0"},
            {"{\"direction\":\"upload\",\"user\":\"bob\"}", "0"}
        }) {
            TransferFilter filter = TransferFilter.of(Asked.parse(wanted[0]));
            assertThat(transfers
                            .before(Long.MAX_VALUE, filter, Optional.empty(), 9)
                            .entries())
                    .as(wanted[0])
                    .hasSize(Integer.parseInt(wanted[1]));
        }
    }
}
