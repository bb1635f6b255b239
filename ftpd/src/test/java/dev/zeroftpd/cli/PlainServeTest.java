package dev.zeroftpd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainServeTest {

    @Test
    void readsTheOptionsOfServe() {
        assertThat(PlainServe.of("serve")).contains(new PlainServe(Optional.empty(), List.of()));
        assertThat(PlainServe.of("serve", "--set", "a=1", "-c", "my file", "-s", "b=x=y"))
                .contains(new PlainServe(Optional.of(Path.of("my file")), List.of("a=1", "b=x=y")));
    }

    @Test
    void leavesEverythingElseToPicocli() {
        assertThat(PlainServe.of()).isEmpty();
        assertThat(PlainServe.of("check")).isEmpty();
        assertThat(PlainServe.of("serve", "--help")).isEmpty();
        assertThat(PlainServe.of("serve", "--config=file")).isEmpty();
        assertThat(PlainServe.of("serve", "--config")).isEmpty();
        assertThat(PlainServe.of("serve", "--config", "--set")).isEmpty();
        assertThat(PlainServe.of("serve", "--config", "a", "--config", "b")).isEmpty();
        assertThat(PlainServe.of("serve", "--port", "1")).isEmpty();
        assertThat(PlainServe.of("serve", "file")).isEmpty();
    }
}
