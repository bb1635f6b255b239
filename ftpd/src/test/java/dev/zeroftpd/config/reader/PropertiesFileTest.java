package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesFileTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b",
                "a = b\nc:d\ne f\n",
                "  a\t:  b  \r\n! comment \\\nc=d\r",
                "a=b\\\n   c\\\r\n\td\n# = \n",
                "a=\\\n\nb=1",
                "a\\=b\\:c\\ d = \\u0041\\t\\\\x\\z\n",
                "a=1\na=2\n",
                "=x\n",
                "key\n",
                "a=b\\\\\nc=d",
                "a==b\n",
                "a=b\\\n#no comment\n",
            })
    void readsWhatJavaReads(String text) throws Exception {
        assertThat(asMap(read(text))).isEqualTo(byJava(text));
    }

    @Test
    void readsWhatJavaReadsFromRandomTexts() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            // An "a" in front: Java makes an entry of a text that is nothing but a backslash, which we don't want to
            // reproduce.
            String text = "a"
                    + random.ints(30, 0, SYLLABLES.length)
                            .mapToObj(index -> SYLLABLES[index])
                            .collect(Collectors.joining())
                    + "z";
            PropertiesFile file = read(text);
            assertThat(asMap(file)).as(text).isEqualTo(byJava(text));
            assertThat(file.text()).isEqualTo(text);
        }
    }

    private static final String[] SYLLABLES = {
        "a", "b", "=", ":", " ", "\t", "\\", "\n", "\r\n", "\r", "#", "!", "\\n", "\\u00e9", "c=d\n", "é", "\\\n"
    };

    @ParameterizedTest
    @ValueSource(strings = {"a=1\nb=2\n", "# comment\na=1\nb=2", "\n a=1\r\nb=2\r\n"})
    void passesOverTheMarkThatEditorsOnWindowsBeginWith(String text) throws Exception {
        PropertiesFile file = read("\uFEFF" + text);
        assertThat(asMap(file)).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(file.text()).isEqualTo("\uFEFF" + text);
    }

    @Test
    void takesThatMarkInAnotherLineForPartOfTheKey() throws Exception {
        assertThat(asMap(read("a=1\n\uFEFFb=2\n"))).isEqualTo(Map.of("a", "1", "\uFEFFb", "2"));
    }

    @Test
    void knowsTheLineInWhichAnEntryBegins() throws Exception {
        PropertiesFile file = read("# one\n\na=1\\\n  2\nb=3\n");
        assertThat(file.entries())
                .containsExactly(
                        new PropertiesFile.Entry("a", "12", 3, false), new PropertiesFile.Entry("b", "3", 5, false));
    }

    @Test
    void reportsEveryMalformedEscapeWithItsLine() {
        assertThatThrownBy(() -> read("a=\\u12\nb=1\nc=\\uxyz1\n"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::where)
                                .containsExactly(file() + ":1", file() + ":3"));
    }

    @Test
    void reportsDuplicatesAndLetsTheLastOneCount() throws Exception {
        PropertiesFile file = read("a=1\nb=2\na=3\n");
        assertThat(file.find("a").orElseThrow().value()).isEqualTo("3");
        assertThat(file.duplicates())
                .extracting(Problem::toString)
                .containsExactly(file() + ":3: a is set twice; keep one: it is in line 1 too");
    }

    @Test
    void setsAValueInPlaceAndLeavesEverythingElse() throws Exception {
        PropertiesFile file = read("# top\n  a : old # not a comment\n\nb=2\n");
        assertThat(file.with("a", "new").text()).isEqualTo("# top\n  a : new\n\nb=2\n");
    }

    @Test
    void replacesAnEntryThatSpansLines() throws Exception {
        PropertiesFile file = read("a\\\n  b = old \\\n  text\nc=1");
        assertThat(file.with("ab", "new").text()).isEqualTo("ab=new\nc=1");
    }

    @Test
    void putsANewKeyBesideItsRelatives() throws Exception {
        PropertiesFile file = read("user.ann.home=/a\nuser.ann.enabled=true\n\nuser.bob.home=/b");
        assertThat(file.with("user.ann.write", "true").text())
                .isEqualTo("user.ann.home=/a\nuser.ann.enabled=true\nuser.ann.write=true\n\nuser.bob.home=/b");
        assertThat(file.with("user.bob.write", "true").text()).endsWith("user.bob.home=/b\nuser.bob.write=true\n");
    }

    @Test
    void keepsTheLineEndsThatTheFileHas() throws Exception {
        assertThat(read("a=1\r\nb=2\r\n").with("c", "3").text()).isEqualTo("a=1\r\nb=2\r\nc=3\r\n");
    }

    @Test
    void removesEveryEntryOfAKey() throws Exception {
        assertThat(read("a=1\n# stays\nb=2\na=3\n").without("a").text()).isEqualTo("# stays\nb=2\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " blank at both ends ", "a=b:c#d!e", "back\\slash", "\ttab\nline\r\f", "Zoë ☃ 😀", "#x"})
    void writesWhatJavaReadsBackInEitherCharset(String text) throws Exception {
        PropertiesFile file =
                PropertiesFile.empty(file()).with("k " + text, text).save();
        assertThat(file.entries()).isEqualTo(PropertiesFile.read(file()).entries());
        Properties properties = new Properties();
        try (var stream = Files.newInputStream(file())) {
            properties.load(stream);
        }
        assertThat(properties).containsOnlyKeys("k " + text).containsValue(text);
    }

    @Test
    void readsLatin1WhereItIsNotUtf8AndWritesItBackUnchanged() throws Exception {
        byte[] latin1 = "a=Zoë\nb=1\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file(), latin1);
        PropertiesFile file = PropertiesFile.read(file());
        assertThat(file.find("a").orElseThrow().value()).isEqualTo("Zoë");
        file.with("b", "2").save();
        assertThat(Files.readAllBytes(file())).isEqualTo("a=Zoë\nb=2\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void keepsTheModeOfTheFileAndLeavesNothingBesideIt() throws Exception {
        Files.writeString(file(), "a=1\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        PropertiesFile.read(file()).with("a", "2").save();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-r-----");
        assertThat(directory.toFile().list()).containsExactly("test.properties");
    }

    @Test
    void makesANewFileThatOnlyItsOwnerReads() throws Exception {
        PropertiesFile.empty(file()).with("a", "1").save();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void replacesTheTargetOfALink() throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "a=1\n");
        Files.createSymbolicLink(file(), target);
        PropertiesFile.read(file()).with("a", "2").save();
        assertThat(file()).isSymbolicLink();
        assertThat(target).hasContent("a=2\n");
    }

    @Test
    void refusesToOverwriteWhatSomebodyElseChanged() throws Exception {
        PropertiesFile stale = read("a=1\n").with("a", "2");
        Files.writeString(file(), "a=3\n");
        assertThatThrownBy(stale::save)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed by somebody else");
        assertThat(file()).hasContent("a=3\n");
    }

    @Test
    void savesAgainAfterItWasSaved() throws Exception {
        PropertiesFile saved = read("a=1\n").with("b", "2").save();
        assertThat(saved.find("b").orElseThrow().line()).isEqualTo(2);
        saved.with("c", "3").save();
        assertThat(file()).hasContent("a=1\nb=2\nc=3\n");
    }

    private Path file() {
        return directory.resolve("test.properties");
    }

    private PropertiesFile read(String text) throws IOException, ConfigException {
        Files.writeString(file(), text);
        return PropertiesFile.read(file());
    }

    private static Properties byJava(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }

    private static Properties asMap(PropertiesFile file) {
        Properties properties = new Properties();
        file.entries().forEach(entry -> properties.setProperty(entry.key(), entry.value()));
        return properties;
    }
}
