package dev.zeroftpd.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What retention leaves alone within a home. */
class SparedPathsTest {

    private final SparedPaths spared = new SparedPaths(
            List.of(
                    "/srv",
                    "/srv/a",
                    "/srv/a/b",
                    "/srv/ab",
                    "/srv/a-b/c",
                    "/var/lib/ftp/",
                    "s3://bucket/",
                    "s3://bucket/x"),
            List.of("/mnt/dead/home"));

    @Test
    void isWhatLiesBelowAndNotTheHomeItself() {
        assertThat(spared.within("/srv")).containsExactlyInAnyOrder("/a", "/a/b", "/ab", "/a-b/c");
        assertThat(spared.within("/srv/a")).containsExactly("/b");
        assertThat(spared.within("/srv/a/b")).isEmpty();
        assertThat(spared.within("s3://bucket/")).containsExactly("/x");
    }

    @Test
    void isFoundBelowTheRootToo() {
        assertThat(spared.within("/")).contains("/srv", "/var/lib/ftp");
    }

    @Test
    void areUnknownWhereOneThatDoesNotAnswerCouldLie() {
        assertThat(spared.areKnownIn("/srv/a", "/mnt/dead/homes", "/mnt/dead/hom"))
                .isTrue();
        assertThat(spared.areKnownIn("/mnt/dead/home")).isFalse();
        assertThat(spared.areKnownIn("/mnt/dead/")).isFalse();
        assertThat(spared.areKnownIn("/")).isFalse();
        assertThat(spared.areKnownIn("/srv/a", "/mnt/dead/home/below")).isFalse();
    }
}
