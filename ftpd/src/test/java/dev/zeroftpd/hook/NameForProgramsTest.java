package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.charset.FileName;
import dev.zeroftpd.os.LinuxFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs are told names that they can use. */
class NameForProgramsTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsToldByItsOwnName() throws IOException {
        try (NameForPrograms name = NameForPrograms.of("/home/alice/file", folder)) {
            assertThat(name.text()).isEqualTo("/home/alice/file");
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** Deleted are those of processes that live no more, and nothing else. */
    @Test
    void linksOfDeadProcessesAreDeleted() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path old = link("upload-" + dead.pid() + "-0000-1111");
        Path own = link("upload-" + ProcessHandle.current().pid() + "-0000-1111");
        Path other = link("upload-of-mine");
        Path file = Files.createFile(folder.resolve("upload-" + dead.pid() + "-2222"));

        NameForPrograms.clear(folder);
        NameForPrograms.clear(folder.resolve("missing"));

        assertThat(old).doesNotExist();
        assertThat(file).exists();
        assertThat(Files.exists(own, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(Files.exists(other, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    private Path link(String name) {
        Path link = folder.resolve(name);
        byte[] target = "/nowhere/caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        String text = FileName.decode(target, 0, target.length);
        assertThat(LinuxFiles.symbolicLink(text, link)).isZero();
        assertThat(LinuxFiles.linkText(link)).contains(text);
        return link;
    }
}
