package dev.zeroftpd.command.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.StorageSettings;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
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
    void showsLinksWithTheirTargetsAndFollowsThemOnlyWhereTheyAreNamed() throws IOException {
        Files.createSymbolicLink(home.resolve("sub/link"), Path.of("../other"));
        Files.createSymbolicLink(home.resolve("sub/self"), Path.of("."));
        Files.createSymbolicLink(home.resolve("sub/file"), Path.of("c.txt"));

        assertThat(lines("-R sub"))
                .filteredOn(line -> line.startsWith("l"))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" file -> c.txt").startsWith("lrwxrwxrwx"),
                        line -> assertThat(line).endsWith(" link -> ../other"),
                        line -> assertThat(line).endsWith(" self -> ."));
        assertThat(Lines.names(tree, "-R sub"))
                .containsExactly("sub/c.txt", "sub/deep", "sub/file", "sub/link", "sub/self", "sub/deep/d.txt");
        assertThat(Lines.names(tree, "sub/link")).containsExactly("sub/link/e.txt");
        assertThat(Lines.names(tree, "sub/link/")).containsExactly("sub/link/e.txt");
        assertThat(lines("-d sub/link")).singleElement().asString().endsWith(" link -> ../other");
        assertThat(lines("sub/file")).singleElement().asString().endsWith(" file -> c.txt");
        assertThat(Lines.names(tree, "*/link")).containsExactly("sub/link");
        assertThat(Lines.names(tree, "sub/*/*")).containsExactly("sub/deep/d.txt");
    }

    @Test
    void doesNotWalkInCircles() throws IOException, FtpException {
        tree = Lines.home(home, StorageSettings.asInApacheFtpServer());
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
    void hidesWhereALinkOutOfTheHomeLeads() throws IOException, FtpException {
        Files.createSymbolicLink(home.resolve("out"), Path.of("/etc"));

        assertThat(lines("out")).isEqualTo(lines("-d out"));
        assertThat(lines(""))
                .filteredOn(line -> line.contains("out"))
                .singleElement()
                .asString()
                .startsWith("l")
                .endsWith(" out");
        assertThatThrownBy(() -> Lines.names(tree, "out/")).isInstanceOf(StorageException.class);
        assertThat(Lines.names(tree, "-R")).noneMatch(name -> name.contains("passwd"));

        tree = Lines.home(home, StorageSettings.asInApacheFtpServer());
        assertThat(lines(""))
                .filteredOn(line -> line.contains("out"))
                .singleElement()
                .asString()
                .startsWith("s")
                .endsWith(" out");
        assertThatThrownBy(() -> Lines.names(tree, "out")).isInstanceOf(StorageException.class);
    }

    @Test
    void tellsProgramsOfLinks() throws IOException {
        Files.createSymbolicLink(home.resolve("other/dir"), Path.of("../sub"));
        Files.createSymbolicLink(home.resolve("other/file"), Path.of("e.txt"));
        Files.createSymbolicLink(home.resolve("other/none"), Path.of("gone"));
        Files.createSymbolicLink(home.resolve("other/odd"), Path.of("a;b c"));
        Files.createSymbolicLink(home.resolve("other/out"), Path.of("/etc"));
        FactFormat facts = new FactFormat(EnumSet.of(Fact.TYPE, Fact.SIZE, Fact.PERM));

        assertThat(Lines.of(Walk.ofAllIn(tree, VirtualPath.ROOT.resolve("other")), facts))
                .contains(
                        "type=OS.unix=slink:../sub;perm=el; dir",
                        "type=OS.unix=slink:e.txt;size=11;perm=r; file",
                        "type=OS.unix=slink:gone;perm=; none",
                        "type=OS.unix=slink;perm=; odd",
                        "type=OS.unix=slink;perm=; out");
        assertThat(Lines.of(Walk.ofOne(tree, VirtualPath.ROOT.resolve("other/dir")), facts))
                .containsExactly("type=OS.unix=slink:../sub;perm=el; /other/dir");
    }

    private List<String> lines(String argument) throws IOException {
        return Lines.of(Walk.of(tree, tree.argument(argument), false), new LongFormat(0, false));
    }
}
