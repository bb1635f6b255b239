package dev.zeroftpd.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

final class ErrorTextTest {

    @Test
    void findsTheNumberBehindTheWholeText() {
        assertThat(ErrorText.number(new IOException("No space left on device"))).hasValue(ErrorNumber.ENOSPC);
        assertThat(ErrorText.number(new IOException("Broken pipe"))).hasValue(ErrorNumber.EPIPE);
    }

    @Test
    void readsTheReasonOfAFileSystemExceptionNotItsPath() {
        assertThat(ErrorText.number(new FileSystemException("Broken pipe", null, "Read-only file system")))
                .hasValue(ErrorNumber.EROFS);
        assertThat(ErrorText.number(new FileSystemException("Broken pipe"))).isEmpty();
    }

    @Test
    void knowsWhatTheJdkAppends() {
        assertThat(ErrorText.number("Too many levels of symbolic links (NOFOLLOW_LINKS specified)"))
                .hasValue(ErrorNumber.ELOOP);
        assertThat(ErrorText.number(
                        "Too many levels of symbolic links or unable to access attributes of symbolic link"))
                .hasValue(ErrorNumber.ELOOP);
    }

    @Test
    void findsNothingInATextThatOnlyContainsOne() {
        assertThat(ErrorText.number("/Broken pipe: no such file")).isEmpty();
        assertThat(ErrorText.number("No space left on device!")).isEmpty();
        assertThat(ErrorText.number("")).isEmpty();
    }
}
