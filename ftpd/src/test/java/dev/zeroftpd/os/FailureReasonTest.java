package dev.zeroftpd.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class FailureReasonTest {

    @Test
    void isAClauseWithoutTheNameOfAClass() {
        assertThat(FailureReason.of(new AccessDeniedException("/x/.u.properties.lock")))
                .isEqualTo("permission denied");
        assertThat(FailureReason.withFile(new AccessDeniedException("/x/y"))).isEqualTo("/x/y: permission denied");
        assertThat(FailureReason.of(new NoSuchFileException("/x"))).isEqualTo("there is no such file or directory");
        assertThat(FailureReason.of(new FileSystemException("/x", null, "Not a directory")))
                .isEqualTo("Not a directory");
        assertThat(FailureReason.of(new UnknownHostException("nowhere"))).isEqualTo("there is no such host: nowhere");
        assertThat(FailureReason.of(new OutOfMemoryError("Java heap space")))
                .isEqualTo("there is not enough memory: Java heap space");
        assertThat(FailureReason.of(new IOException(new EOFException("cut off"))))
                .isEqualTo("cut off");
        assertThat(FailureReason.of(new EOFException())).isEqualTo("input or output failed");
        assertThat(FailureReason.of(new NullPointerException())).isEqualTo("the program failed");
    }

    @Test
    void countsInWords() {
        assertThat(Quantity.of(1, "session")).isEqualTo("1 session");
        assertThat(Quantity.of(0, "session")).isEqualTo("0 sessions");
    }
}
