package dev.zeroftpd.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopViewTest {

    private static final int HEIGHT = 10;

    private final TopView view = new TopView();

    private static TopRow row(String session, String user, long rate) {
        return new TopRow(
                session, user, "192.0.2.1", false, "2026-01-01", 0, "RETR", "/file", 512, 1024, rate, "zero-copy");
    }

    private List<String> sessions() {
        return view.lines(HEIGHT).stream()
                .map(TopView.Line::text)
                .filter(text -> text.startsWith("s-"))
                .map(text -> text.split(" ", 2)[0])
                .toList();
    }

    private String bottom() {
        return view.lines(HEIGHT).getLast().text();
    }

    private String marked() {
        return view.lines(HEIGHT).stream()
                .filter(TopView.Line::marked)
                .map(TopView.Line::text)
                .filter(text -> text.startsWith("s-"))
                .findFirst()
                .orElse("");
    }

    private TopView.Order type(String text) {
        TopView.Order last = TopView.Order.Plain.NONE;
        for (int i = 0; i < text.length(); i++) {
            last = view.press(new TopKey.Typed(text.charAt(i)));
        }
        return last;
    }

    @Test
    void sortsByRateAndThenByWhatIsChosen() {
        view.show("", List.of(row("s-1", "carol", 1), row("s-2", "bob", 3), row("s-3", "alice", 2)));
        assertThat(sessions()).containsExactly("s-2", "s-3", "s-1");
        type("sss");
        assertThat(view.lines(HEIGHT).getFirst().text()).contains("sort: user");
        assertThat(sessions()).containsExactly("s-3", "s-2", "s-1");
    }

    @Test
    void showsProgress() {
        view.show("", List.of(row("s-1", "carol", 2048)));
        assertThat(view.lines(HEIGHT).get(3).text())
                .isEqualTo("s-1          carol        192.0.2.1       no     0s   2.0 KiB/s        512 B 50% zero-copy"
                        + " RETR /file");
    }

    @Test
    void filtersWhileItIsTyped() {
        view.show("", List.of(row("s-1", "carol", 1), row("s-2", "quentin", 3)));
        assertThat(type("/qUen")).isEqualTo(TopView.Order.Plain.NONE);
        assertThat(sessions()).containsExactly("s-2");
        view.press(TopKey.Named.ERASE);
        view.press(TopKey.Named.ENTER);
        assertThat(view.lines(HEIGHT).getFirst().text()).endsWith("filter: qUe");
        view.press(TopKey.Named.ESCAPE);
        assertThat(sessions()).hasSize(2);
    }

    @Test
    void kicksOnlyAfterAQuestion() {
        view.show("", List.of(row("s-1", "carol", 1), row("s-2", "bob", 3)));
        type("k");
        assertThat(bottom()).contains("choose a session");
        view.press(TopKey.Named.DOWN);
        view.press(TopKey.Named.DOWN);
        assertThat(marked()).startsWith("s-1 ");

        type("k");
        assertThat(bottom()).isEqualTo("End session s-1 of carol from 192.0.2.1? y/n");
        assertThat(type("n")).isEqualTo(TopView.Order.Plain.NONE);
        type("k");
        view.press(TopKey.Named.NONE);
        assertThat(type("y")).isEqualTo(new TopView.Order.Kick("s-1"));
    }

    @Test
    void asksAboutTheSessionThatWasChosenAlsoWhenTheOrderChanges() {
        view.show("", List.of(row("s-1", "carol", 1), row("s-2", "bob", 3)));
        view.press(TopKey.Named.DOWN);
        type("k");
        view.show("", List.of(row("s-1", "carol", 9), row("s-2", "bob", 3)));
        assertThat(type("y")).isEqualTo(new TopView.Order.Kick("s-2"));
    }

    @Test
    void scrollsToTheChosenSession() {
        view.show(
                "",
                IntStream.range(0, 100)
                        .mapToObj(i -> row("s-" + i, "u", 100 - i))
                        .toList());
        assertThat(view.lines(HEIGHT)).hasSize(HEIGHT);
        assertThat(sessions()).first().isEqualTo("s-0");
        IntStream.range(0, 20).forEach(_ -> view.press(TopKey.Named.PAGE_DOWN));
        assertThat(sessions()).last().isEqualTo("s-99");
        assertThat(marked()).startsWith("s-99 ");
    }

    @Test
    void endsByQOrCtrlC() {
        assertThat(type("q")).isEqualTo(TopView.Order.Plain.QUIT);
        assertThat(view.press(TopKey.Named.END)).isEqualTo(TopView.Order.Plain.QUIT);
    }

    @Test
    void tellsTheRateOfLate() {
        TopRow before = row("s-1", "carol", 7);
        TopRow now = new TopRow("s-1", "carol", "192.0.2.1", false, "", 0, "RETR", "/file", 1512, 2000, 7, "zero-copy");
        assertThat(now.since(before, 2).rate()).isEqualTo(500);
        assertThat(now.since(row("s-1", "carol", 7), 0).rate()).isEqualTo(7);
    }
}
