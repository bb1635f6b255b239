package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.PatternFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Jobs about directories, names and times. Stateless. */
final class TreeJobs {

    private static final String TREE = Cell.SOURCE + "/tree";

    private static final int FILES = 300;

    private TreeJobs() {}

    /** Makes what the cells get. */
    static void prepare(Path home) throws IOException {
        writeTree(Files.createDirectories(home.resolve(TREE.substring(1))));
    }

    /** 300 files in 30 directories, three deep; the sizes go from nothing to 9 KB. */
    private static void writeTree(Path top) throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path folder =
                    top.resolve("branch " + i % 5).resolve("zweig-ü-" + i % 2).resolve("leaf" + i % 3);
            Files.createDirectories(folder);
            Files.write(folder.resolve("file-" + i), PatternFile.bytes(i, i + i * 31));
        }
    }

    static void mirrorDown(Cell cell) throws IOException {
        cell.client().mirrorDown(cell.site(), TREE, cell.local("tree"));

        expectSameTrees(cell.local("tree"), cell.onServer(TREE));
    }

    static void mirrorUp(Cell cell) throws IOException {
        writeTree(cell.local("tree"));

        cell.client().mirrorUp(cell.site(), cell.local("tree"), cell.remote("tree"));

        expectSameTrees(cell.onServer(cell.remote("tree")), cell.local("tree"));
    }

    private static void expectSameTrees(Path actual, Path expected) throws IOException {
        Map<String, Path> files = files(expected);
        Map<String, Path> found = files(actual);
        assertThat(files).hasSize(FILES);
        assertThat(found.keySet()).isEqualTo(files.keySet());
        for (Map.Entry<String, Path> file : found.entrySet()) {
            assertThat(Files.mismatch(file.getValue(), files.get(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(-1);
        }
    }

    private static Map<String, Path> files(Path top) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(top)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> files.put(top.relativize(file).toString(), file));
        }
        return files;
    }

    static void list(Cell cell) throws IOException {
        Files.createFile(cell.onServer(cell.remote("eins")));
        Files.createDirectory(cell.onServer(cell.remote("zwei")));

        assertThat(cell.client().list(cell.site(), cell.remote())).containsExactlyInAnyOrder("eins", "zwei");
    }

    /** Stores, lists and gets a file of that name, as far as the client can. */
    static void oddName(Cell cell, String name) throws IOException {
        Path content = Files.writeString(cell.local("content"), name);
        if (cell.client().offers(Job.UPLOAD)) {
            cell.client().put(cell.site(), content, cell.remote(name));
        } else {
            Files.copy(content, cell.onServer(cell.remote(name)));
        }
        assertThat(cell.serverNames()).containsExactly(name);
        if (cell.client().offers(Job.LIST)) {
            assertThat(cell.client().list(cell.site(), cell.remote())).containsExactly(name);
        }

        cell.client().get(cell.site(), cell.remote(name), cell.local("got"));

        Cell.expectSame(cell.local("got"), content);
    }

    static void rename(Cell cell) throws IOException {
        Files.writeString(cell.onServer(cell.remote("old")), "content");

        cell.client().rename(cell.site(), cell.remote("old"), cell.remote("new"));

        assertThat(cell.serverNames()).containsExactly("new");
        assertThat(cell.onServer(cell.remote("new"))).hasContent("content");
    }

    static void makeDirectory(Cell cell) throws IOException {
        cell.client().makeDirectory(cell.site(), cell.remote("made"));

        assertThat(cell.onServer(cell.remote("made"))).isEmptyDirectory();
    }

    static void removeDirectory(Cell cell) throws IOException {
        Files.createDirectory(cell.onServer(cell.remote("gone")));

        cell.client().removeDirectory(cell.site(), cell.remote("gone"));

        assertThat(cell.serverNames()).isEmpty();
    }

    static void delete(Cell cell) throws IOException {
        Files.createFile(cell.onServer(cell.remote("gone")));
        Files.createFile(cell.onServer(cell.remote("stays")));

        cell.client().delete(cell.site(), cell.remote("gone"));

        assertThat(cell.serverNames()).containsExactly("stays");
    }

    static void readTime(Cell cell) throws IOException {
        Path file = Files.writeString(cell.onServer(cell.remote("dated")), "content");
        Instant time = someTime();
        Files.setLastModifiedTime(file, FileTime.from(time));

        Instant seen = cell.client().modified(cell.site(), cell.remote("dated"), cell.local("got"));

        assertThat(seen).isEqualTo(time.truncatedTo(cell.client().timePrecision()));
    }

    static void setTime(Cell cell) throws IOException {
        Path stored = Files.writeString(cell.onServer(cell.remote("dated")), "content");
        Path file = Files.writeString(cell.local("dated"), "content");
        Instant time = someTime();
        Files.setLastModifiedTime(file, FileTime.from(time));

        cell.client().setModified(cell.site(), file, cell.remote("dated"));

        assertThat(stored).hasContent("content");
        assertThat(Files.getLastModifiedTime(stored).toInstant()).isEqualTo(time);
    }

    /** Ten days ago: within the half year for which LIST tells the minute. */
    private static Instant someTime() {
        return Instant.now().minus(Duration.ofDays(10)).truncatedTo(ChronoUnit.SECONDS);
    }
}
