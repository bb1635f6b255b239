package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldReasonTest {

    private static final String UNSAID = "Refused by the server's check of uploads";

    private static String told(String said) {
        return told(said, "/srv/secret/in/.partial-1", "/in/invoice.pdf");
    }

    private static String told(String said, String file, String path) {
        return ToldReason.of(said, file, path, path);
    }

    @Test
    void namesTheFileAsTheClientDoes() {
        assertThat(told("/srv/secret/in/.partial-1: Eicar FOUND")).isEqualTo("/in/invoice.pdf: Eicar FOUND");
        assertThat(told(".partial-1 is too large")).isEqualTo("invoice.pdf is too large");
        assertThat(told("/srv/secret/in/other is like it")).isEqualTo("/in/other is like it");
        assertThat(told("/srv/secret is full", "/srv/secret/.partial-1", "/a")).isEqualTo("/ is full");
    }

    @Test
    void namesItLikewiseWhereTheLineShowsItsNameOtherwise() {
        assertThat(told("/srv/secret/a?b/.p: bad", "/srv/secret/a\u202eb/.p", "/a\u202eb/f"))
                .isEqualTo("/a?b/f: bad");
    }

    /** What is dropped gets another name where that which the client chose is taken, and the client may not learn it. */
    @Test
    void namesTheFileAsTheClientDoesWhereItsNameIsTaken() {
        String said = "a.0f3a9c21 (/in/a.0f3a9c21, /srv/secret/in/.a.0f3a9c21.part, /srv/secret/in/a.0f3a9c21): bad";
        assertThat(ToldReason.of(said, "/srv/secret/in/.a.0f3a9c21.part", "/in/a.0f3a9c21", "/in/a"))
                .isEqualTo("a (/in/a, /in/a, /in/a): bad");
    }

    @Test
    void saysNothingThatTellsWhereTheHomeIs() {
        assertThat(told("can't read /srv/secret/rules")).isEqualTo(UNSAID);
        assertThat(told("")).isEqualTo(UNSAID);
        assertThat(told("bad: /srv/secret/a", "/srv/secret/a\nb/.p", "/a\nb/f")).isEqualTo(UNSAID);
    }

    @Test
    void knowsTheNameBehindALink(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectories(folder.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        Files.writeString(real.resolve(".p"), "");
        assertThat(told(real + "/.p: bad", link + "/.p", "/f")).isEqualTo("/f: bad");
    }
}
