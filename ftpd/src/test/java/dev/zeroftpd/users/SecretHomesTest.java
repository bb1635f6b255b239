package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes and folders that are URIs with secrets in them: refused, without repeating the secret. */
class SecretHomesTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void createHome() throws IOException {
        Files.createDirectories(directory.resolve("home"));
        file = directory.resolve("users.properties");
    }

    private List<String> problems(String text) throws IOException {
        Files.writeString(file, text);
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> Accounts.read(file));
        assertThat(refused.toString()).doesNotContain("hush");
        return refused.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void areRefusedInEveryLineThatMayHaveThem() throws Exception {
        assertThat(problems("""
            ftpserver.user.ann.homedirectory=s3x://key:hush@bucket/
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.folder./shared=s3x://key:hush@bucket/,read-only
            ftpserver.user.cat.homedirectory=s3x:key:hush@bucket
            ftpserver.user.dan.homedirectory=jar:file://u:hush@/a.zip
            ftpserver.user.eve.homedirectory=s3x://key:hush@bucket/ # by hand
            ftpserver.user.eve.enableflag=false
            ftpserver.group.staff.homedirectory=s3x://key:hush@bucket/${user}
            ftpserver.group.staff.folder./all=s3x://bucket/?secret=hush
            """))
                .hasSize(7)
                .allSatisfy(it ->
                        assertThat(it).contains("has a secret in its URI, which is not repeated here; take it out"));
    }

    @Test
    void aGroupsIsRefusedOnceForAllItsMembers() throws Exception {
        assertThat(problems("""
            ftpserver.user.ann.groups=staff
            ftpserver.user.bob.groups=staff
            ftpserver.group.staff.homedirectory=s3x://key:hush@bucket/${user}
            """))
                .singleElement()
                .asString()
                .contains(":3: ftpserver.group.staff.homedirectory has a secret");
    }

    /** What is no URI is said to be no directory, and would show it. */
    @Test
    void areNotShownWhereTheUriIsWrittenWrong() throws Exception {
        assertThat(problems("""
            ftpserver.user.ann.homedirectory=s3x//key:hush@bucket/
            ftpserver.user.bob.homedirectory=s3x//key:hush@bucket/ # by hand
            """))
                .satisfiesExactly(
                        it -> assertThat(it)
                                .endsWith(".homedirectory=… is not an existing directory; name a directory"),
                        it -> assertThat(it).endsWith("; a comment needs a line of its own: leave only …"));
    }

    @Test
    void noEditPutsOneIntoTheFile() throws Exception {
        Files.writeString(file, "ftpserver.user.ann.homedirectory=home\n");
        ConfigException refused = catchThrowableOfType(
                ConfigException.class,
                () -> new UsersFile(file).set("ann", Map.of("homedirectory", "s3x://key:hush@bucket/")));
        assertThat(refused).hasMessageContaining("secret in its URI").hasMessageNotContaining("hush");
        assertThat(file).hasContent("ftpserver.user.ann.homedirectory=home\n");
    }
}
