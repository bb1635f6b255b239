package dev.zeroftpd.command.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.command.listing.ListSwitches.Order;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListArgumentTest {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "-a, ''",
        "'-la ', ''",
        "-al sub, sub",
        "-a -l sub, sub",
        "'-a  sub', sub",
        "-aL a b, a b",
        "'-a sub ', 'sub '",
        "' x', ' x'",
        "-- -a, -a",
        "-l -- -a b, -a b",
        "--, ''",
        "-, -",
        "-report.txt, -report.txt",
        "sub -a, sub -a",
        "--all, ''",
        "--full-time, ''",
        "'--time-style=long-iso  -l a b', a b",
        "-Z sub, sub",
        "-Zl, ''",
        "~, /",
        "-la ~/sub, /sub",
        "~anna, ~anna",
        "a/~, a/~"
    })
    void splitsSwitchesFromThePath(String argument, String path) {
        assertThat(ListArgument.parse(argument, _ -> false).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "--full-time, --full-time",
        "-Z, -Z",
        "-Z old, -Z old",
        "-l --all, --all",
        "~, ~",
        "~/sub, ~/sub",
        "-la, ''"
    })
    void takesWhatNamesAFileForItsName(String argument, String path) {
        assertThat(ListArgument.parse(argument, _ -> true).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', false",
        "-la, '', false",
        "-a dir, dir, false",
        "-la, -la, true",
        "-a dir, -a dir, true",
        "~, /, false"
    })
    void behindMlsdIsAPathBeforeItIsASwitch(String argument, String path, boolean exists) {
        assertThat(ListArgument.path(argument, _ -> exists)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-alR", "-a -l -R", "-lRa x", "-l -aR -- x"})
    void understandsSwitchesTogetherAndApart(String argument) {
        ListSwitches switches = ListArgument.parse(argument, _ -> false).switches();

        assertThat(switches.hidden()).isTrue();
        assertThat(switches.dots()).isTrue();
        assertThat(switches.lines()).isTrue();
        assertThat(switches.recursive()).isTrue();
    }

    @Test
    void showsNoDotsForCapitalA() {
        ListSwitches switches = ListArgument.parse("-A", _ -> false).switches();

        assertThat(switches.hidden()).isTrue();
        assertThat(switches.dots()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "-l, AS_IT_COMES",
        "-t, TIME",
        "-S, SIZE",
        "-tS, SIZE",
        "-S -t, TIME",
        "-r, NAME",
        "-tr, TIME",
        "-tU, AS_IT_COMES"
    })
    void sortsByTheLastOrderThatWasAskedFor(String argument, Order order) {
        assertThat(ListArgument.parse(argument, _ -> false).switches().order()).isEqualTo(order);
    }

    @Test
    void looksForFewNamesHoweverManySwitchesAreUnknown() {
        AtomicInteger looks = new AtomicInteger();
        ListArgument.parse("-Z ".repeat(2_000), _ -> {
            looks.incrementAndGet();
            return false;
        });
        assertThat(looks.get()).isLessThan(20);
    }
}
