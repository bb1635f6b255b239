package dev.zeroftpd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.storage.StorageException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualPathTest {

    @ParameterizedTest
    @CsvSource({
        "/, a, /a",
        "/a, b, /a/b",
        "/a, /b, /b",
        "/a/b, .., /a",
        "/a/b, ../.., /",
        "/a, ../../../etc/passwd, /etc/passwd",
        "/, .., /",
        "/a, ., /a",
        "/a, './/b//c/', /a/b/c",
        "/a, '', /a",
        "/a, ' b ', '/a/ b '",
        "/a, 'b\\..\\c', '/a/b\\..\\c'",
        "/a, '~', '/a/~'",
        "/a, '...', '/a/...'",
        "/, 'Grüße/日本', '/Grüße/日本'"
    })
    void resolvesNamesTheWayAShellDoes(String directory, String name, String expected) throws Exception {
        assertThat(new VirtualPath(directory).resolve(name).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r", "\0", "x/\n/y"})
    void refusesNamesThatCouldForgeLines(String name) {
        assertThatThrownBy(() -> VirtualPath.ROOT.resolve(name))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.INVALID_NAME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/a/", "//", "/a//b", "/..", "/a/../b", "/.", "/a\n"})
    void cannotBeMadeFromTextThatIsNotNormal(String text) {
        assertThatThrownBy(() -> new VirtualPath(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsItsParentAndName() {
        VirtualPath path = new VirtualPath("/a/b.c");

        assertThat(path.parent().text()).isEqualTo("/a");
        assertThat(path.name()).isEqualTo("b.c");
        assertThat(path.parent().parent().isRoot()).isTrue();
        assertThat(VirtualPath.ROOT.parent()).isEqualTo(VirtualPath.ROOT);
    }

    @Test
    void isInsideADirectoryBySegmentsNotByLetters() {
        assertThat(new VirtualPath("/a/b").startsWith(new VirtualPath("/a"))).isTrue();
        assertThat(new VirtualPath("/ab").startsWith(new VirtualPath("/a"))).isFalse();
        assertThat(new VirtualPath("/ab").startsWith(VirtualPath.ROOT)).isTrue();
    }
}
