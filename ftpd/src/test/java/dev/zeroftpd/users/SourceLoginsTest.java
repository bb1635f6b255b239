package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.rights.Rights;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import dev.zeroftpd.users.source.ScriptedSources;
import dev.zeroftpd.users.source.SourceAwayException;
import dev.zeroftpd.users.source.UnusableAccountException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the answers of a plugin: accounts beside those of the file. */
class SourceLoginsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final List<LoginQuestion> asked = new ArrayList<>();
    private volatile LoginAnswer answer = new LoginAnswer.No();
    private volatile Runnable meanwhile = () -> {};
    private Optional<AccountUserManager> opened = Optional.empty();

    @BeforeEach
    void writeAccounts() throws IOException {
        Files.createDirectories(folder.resolve("homes/bob"));
        write("""
            ftpserver.user.local.homedirectory=homes
            ftpserver.user.local.userpassword=secret
            ftpserver.group.staff.homedirectory=homes/${user}
            ftpserver.group.staff.permissions=all
            ftpserver.group.staff.quota-bytes=1MiB
            """);
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("users.properties"), text);
    }

    @AfterEach
    void close() {
        opened.ifPresent(AccountUserManager::close);
    }

    private AccountUserManager manager(Duration cache, Duration stale) throws Exception {
        ScriptedSources.Script script = question -> {
            asked.add(question);
            meanwhile.run();
            return answer;
        };
        AccountUserManager users = AccountUserManager.read(TestSettings.users(
                folder.resolve("users.properties"),
                false,
                Optional.of(ScriptedSources.choice(script, Duration.ofSeconds(20), cache, stale))));
        users.elsewhere().open(Optional.empty());
        opened = Optional.of(users);
        return users;
    }

    private static User login(AccountUserManager users, String name, String password) throws Exception {
        return users.authenticate(new UsernamePasswordAuthentication(name, password));
    }

    @Test
    void anAnswerIsReadAsLinesOfTheAccountAndItsGroups() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("groups", "staff", "quota-files", "7", "permissions./in", "upload"));

        Account bob = (Account) login(users, "bob", "right");

        assertThat(bob.getHomeDirectory()).isEqualTo(folder.resolve("homes/bob").toString());
        assertThat(bob.storage().bytes()).isEqualTo(1024 * 1024);
        assertThat(bob.storage().files()).isEqualTo(7);
        assertThat(bob.rights()).isNotEqualTo(Rights.ALL);
        assertThat(bob.groups()).containsExactly("staff");
        assertThat(users.accounts().find("bob")).contains(bob);
        assertThat(asked.getFirst().groups()).containsExactly("staff");
    }

    @Test
    @Tag("attack")
    void aNameOfTheFileIsNeverLookedForElsewhere() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes", "role", "admin"));

        assertThatExceptionOfType(AuthenticationFailedException.class)
                .isThrownBy(() -> login(users, "local", "of the plugin"));
        assertThat(login(users, "local", "secret").getName()).isEqualTo("local");
        assertThat(users.elsewhere().asks("anonymous")).isFalse();
        assertThat(users.elsewhere().asks("a\0b")).isFalse();
        assertThat(users.elsewhere().asks("x".repeat(129))).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("attack")
    void anEmptyPasswordIsNeverAskedAbout() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes"));

        assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(() -> login(users, "bob", ""));
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("attack")
    void aNameThatIsNoElementOfAPathGetsNoHomeByIt() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes/${user}"));

        for (String name : List.of("..", "../..", "bob/../..", "/etc")) {
            assertThatExceptionOfType(UnusableAccountException.class).isThrownBy(() -> login(users, name, "right"));
        }
    }

    @Test
    void aPluginCanNotMakeAnAccountOfWhatTheFileWouldRefuse() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        for (Map<String, String> wrong : List.of(
                Map.<String, String>of(),
                Map.of("homedirectory", "gone"),
                Map.of("homedirectory", "homes", "userpassword", "x"),
                Map.of("homedirectory", "homes", "groups", "nosuch"),
                Map.of("homedirectory", "homes", "permisions", "all"),
                Map.of("homedirectory", "homes", "quota-bytes", "lots"))) {
            answer = new LoginAnswer.Yes(wrong);
            assertThatExceptionOfType(UnusableAccountException.class)
                    .as("%s", wrong)
                    .isThrownBy(() -> login(users, "bob", "right"));
        }
        assertThat(users.accounts().find("bob")).isEmpty();
    }

    @Test
    void aRightPasswordCountsForAWhileWithoutAsking() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes"));
        login(users, "bob", "right");
        answer = new LoginAnswer.Unavailable("it rains");

        assertThat(users.authenticateAtOnce("bob", "right")).isPresent();
        assertThat(users.authenticateAtOnce("bob", "wrong")).isEmpty();
        assertThat(users.wasRight("bob", "right")).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void withoutAnswersLastGoodOnesCountOnlyWhereTheSettingsSaySo() throws Exception {
        AccountUserManager strict = manager(Duration.ZERO, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes"));
        login(strict, "bob", "right");
        answer = new LoginAnswer.Unavailable("it rains");
        assertThatExceptionOfType(SourceAwayException.class).isThrownBy(() -> login(strict, "bob", "right"));
        close();

        AccountUserManager patient = manager(Duration.ZERO, HOUR);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes"));
        login(patient, "bob", "right");
        answer = new LoginAnswer.Unavailable("it rains");
        assertThat(login(patient, "bob", "right").getName()).isEqualTo("bob");
        assertThatExceptionOfType(SourceAwayException.class).isThrownBy(() -> login(patient, "bob", "wrong"));
        assertThat(login(patient, "local", "secret").getName()).isEqualTo("local");
    }

    @Test
    @Tag("attack")
    void whatWasTakenAwayIsNoLastGoodAnswer() throws Exception {
        AccountUserManager users = manager(Duration.ZERO, HOUR);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes"));
        login(users, "bob", "right");
        answer = new LoginAnswer.No();
        assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(() -> login(users, "bob", "right"));
        answer = new LoginAnswer.Unavailable("it rains");

        assertThatExceptionOfType(SourceAwayException.class).isThrownBy(() -> login(users, "bob", "right"));
    }

    @Test
    void anAccountThatIsNoMoreIsForgottenAndOthersHearOfIt() throws Exception {
        AccountUserManager users = manager(Duration.ZERO, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes"));
        login(users, "bob", "right");
        List<String> changed = new ArrayList<>();
        users.onChangeOfOne(changed::add);
        answer = new LoginAnswer.No();

        assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(() -> login(users, "bob", "wrong"));
        assertThat(users.accounts().find("bob")).isPresent();
        assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(() -> login(users, "bob", "right"));
        assertThat(users.accounts().find("bob")).isEmpty();
        assertThat(changed).containsExactly("bob");
    }

    @Test
    @Tag("attack")
    void aNameThatTheFileGetsDuringTheQuestionIsTheFiles() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes", "role", "admin"));
        meanwhile = () -> {
            try {
                write("ftpserver.user.bob.homedirectory=homes\nftpserver.user.bob.userpassword=secret\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(users.reload()).isTrue();
        };

        assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(() -> login(users, "bob", "right"));
        assertThat(users.accounts().find("bob").orElseThrow().isFromElsewhere()).isFalse();
    }

    @Test
    void anAccountFromElsewhereCanBeShutOutByTheFile() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes"));
        Account bob = (Account) login(users, "bob", "right");
        new UsersFile(folder.resolve("users.properties"))
                .disable(List.of("bob", "local"), Map.of("bob", bob.getHomeDirectory()));
        assertThat(users.reload()).isTrue();

        assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(() -> login(users, "bob", "right"));
        assertThat(users.accounts().find("bob").orElseThrow().getEnabled()).isFalse();
        assertThat(users.accounts().find("local").orElseThrow().getEnabled()).isFalse();
    }

    @Test
    void knowsWhereHomesOfAccountsWillBeThatHaveNotLoggedIn() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);

        assertThat(users.accounts().treesOfMembers(Optional.of("/srv/${user}/ftp"), true))
                .containsExactlyInAnyOrder(folder.resolve("homes").toString(), "/srv");
    }

    /** However the line is written that says that it is read-only; a home of that name is one. */
    @Test
    void knowsWhereFoldersOfAccountsWillBe() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        write("""
            ftpserver.group.staff.homedirectory=/srv/${user},read-only/x
            ftpserver.group.staff.folder./in=/srv/in/all , read-only
            """);
        assertThat(users.reload()).isTrue();

        assertThat(users.accounts().treesOfMembers(Optional.empty(), false))
                .containsExactlyInAnyOrder("/srv", "/srv/in/all");
    }

    @Test
    void anEditOfTheFilesGroupsReachesAccountsFromElsewhere() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Yes(Map.of("groups", "staff"));
        login(users, "bob", "right");
        write("ftpserver.group.staff.homedirectory=homes/${user}\nftpserver.group.staff.permissions=read\n");

        assertThat(users.reload()).isTrue();
        assertThat(users.accounts().find("bob").orElseThrow().rights()).isEqualTo(Rights.READ);

        write("ftpserver.user.bob.homedirectory=homes\nftpserver.user.bob.enableflag=false\n");
        assertThat(users.reload()).isTrue();
        assertThat(users.accounts().find("bob").orElseThrow().getEnabled()).isFalse();
        assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(() -> login(users, "bob", "right"));
    }

    @Test
    void otherPartsHearOfAnAccountBeforeItIsUsed() throws Exception {
        AccountUserManager users = manager(Duration.ZERO, Duration.ZERO);
        List<Boolean> present = new ArrayList<>();
        users.onChangeOfOne(name -> present.add(users.accounts().find(name).isPresent()));
        answer = new LoginAnswer.Yes(Map.of("homedirectory", "homes"));

        login(users, "bob", "right");
        login(users, "bob", "right");
        assertThat(present).containsExactly(true);
    }
}
