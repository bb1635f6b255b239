package dev.zeroftpd.command.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.ftplet.FtpException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listings of our homes make of symbolic links. */
class LinkWalkTest {

    @TempDir
    Path home;

    private ListedTree tree;

    @BeforeEach
    void makeFiles() throws IOException, FtpException {
        for (String name : List.of("b", "a.txt", "sub/c.txt", "sub/deep/d.txt", "other/e.txt")) {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
        tree = Lines.home(home);
    }

    @Test
    void doesNotWalkInCircles() throws IOException {
        Files.createSymbolicLink(home.resolve("sub/deep/up"), Path.of("../.."));
        Files.createSymbolicLink(home.resolve("link"), Path.of("sub"));

        assertThat(Lines.names(tree, "-R sub"))
                .containsExactly(
                        "sub/c.txt",
                        "sub/deep",
                        "sub/deep/d.txt",
                        "sub/deep/up",
                        "sub/deep/up/a.txt",
                        "sub/deep/up/b",
                        "sub/deep/up/link",
                        "sub/deep/up/other",
                        "sub/deep/up/sub",
                        "sub/deep/up/other/e.txt");
        assertThat(Lines.names(tree, "-R")).contains("link/c.txt", "sub/c.txt", "link/deep/d.txt", "sub/deep/d.txt");
    }

    @Test
    void hidesWhereALinkOutOfTheHomeLeads() throws IOException {
        Files.createSymbolicLink(home.resolve("out"), Path.of("/etc"));

        assertThat(lines())
                .filteredOn(line -> line.contains("out"))
                .singleElement()
                .asString()
                .startsWith("s")
                .endsWith(" out");
        assertThatThrownBy(() -> Lines.names(tree, "out")).isInstanceOf(StorageException.class);
        assertThat(Lines.names(tree, "-R")).noneMatch(name -> name.contains("passwd"));
    }

    private List<String> lines() throws IOException {
        return Lines.of(Walk.of(tree, ListArgument.parse(""), false), new LongFormat(0, false));
    }
}
