package dev.zeroftpd.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RightsTest {

    private final Rights rights = Rights.of(
            Permission.READ,
            Map.of(
                    "/incoming", Permission.DROP,
                    "/incoming/shared", Permission.ALL,
                    "/a.b", Set.of()));

    @Test
    void letsTheDeepestDirectoryDecide() {
        assertThat(rights.at("/")).isEqualTo(Permission.READ);
        assertThat(rights.at("/incoming")).isEqualTo(Permission.DROP);
        assertThat(rights.at("/incoming/x/y")).isEqualTo(Permission.DROP);
        assertThat(rights.at("/incoming/shared/x")).isEqualTo(Permission.ALL);
        assertThat(rights.at("/a.b/c")).isEmpty();
    }

    @Test
    void comparesPathsElementByElement() {
        assertThat(rights.at("/incoming2")).isEqualTo(Permission.READ);
        assertThat(rights.at("/incoming.txt")).isEqualTo(Permission.READ);
        assertThat(rights.at("/x/incoming")).isEqualTo(Permission.READ);
    }

    @Test
    void revealsWhatCanBeListedOrReadOrIsSeenInItsDirectory() {
        assertThat(rights.reveal("/file")).isTrue();
        assertThat(rights.reveal("/incoming")).as("seen in /").isTrue();
        assertThat(rights.reveal("/incoming/file")).isFalse();
        assertThat(rights.reveal("/a.b/c")).isFalse();
        assertThat(Rights.of(Set.of(Permission.DOWNLOAD), Map.of()).reveal("/x"))
                .isTrue();
    }

    @Test
    void knowsWhereRightsVaryBelow() {
        assertThat(rights.varyBelow("/")).isTrue();
        assertThat(rights.varyBelow("/incoming")).isTrue();
        assertThat(rights.varyBelow("/incoming/shared")).isFalse();
        assertThat(rights.varyBelow("/inc")).isFalse();
        assertThat(rights.name("/incoming/shared")).isTrue();
        assertThat(rights.name("/incoming")).isTrue();
        assertThat(rights.name("/incoming/shared/x")).isFalse();
    }

    @Test
    void keepsOnlyWhatReadsWithoutWriting() {
        Rights left = rights.withoutWriting();

        assertThat(left.at("/incoming/x")).isEmpty();
        assertThat(left.at("/incoming/shared")).isEqualTo(Permission.READ);
        assertThat(left.changeAnything()).isFalse();
        assertThat(rights.changeAnything()).isTrue();
        assertThat(Rights.READ.changeAnything()).isFalse();
    }

    @Test
    void isWrittenInTheFewestWords() {
        assertThat(rights).hasToString("read /a.b=none /incoming=drop /incoming/shared=all");
        assertThat(Permission.text(Set.of(Permission.MKDIR, Permission.LIST))).isEqualTo("list,mkdir");
        assertThat(Permission.words())
                .containsExactly(
                        "list",
                        "download",
                        "upload",
                        "overwrite",
                        "append",
                        "delete",
                        "rename",
                        "mkdir",
                        "rmdir",
                        "attributes",
                        "all",
                        "read",
                        "drop",
                        "none");
    }
}
