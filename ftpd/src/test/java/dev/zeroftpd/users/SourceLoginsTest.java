package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.rights.Rights;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import dev.zeroftpd.users.password.Argon2Hash;
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

    private static final String MD5_OF_RIGHT = "7c4f29407893c334a6cb7a87bf045c0d";
    private static final String CHEAP_BCRYPT = "$2b$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde";
    private static final String DEAR_BCRYPT = "$2b$14$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde";

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

    private static void assertRefused(AccountUserManager users, String name, String password) {
        assertThatExceptionOfType(AuthenticationFailedException.class)
                .as("%s", password)
                .isThrownBy(() -> login(users, name, password))
                .withMessage("Authentication failed");
    }

    private static SourceLogins.Answer ask(AccountUserManager users, String name, String password) throws Exception {
        return users.elsewhere().ask(new UsernamePasswordAuthentication(name, password), _ -> true);
    }

    @Test
    void storedPasswordsOfAnyFormAreComparedHere() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        for (String stored :
                List.of("right", MD5_OF_RIGHT, Argon2Hash.of("right").text())) {
            answer = new LoginAnswer.Stored(stored, Map.of("groups", "staff"));
            assertRefused(users, "bob", "wrong");
            assertThat(login(users, "bob", "right").getName()).isEqualTo("bob");
        }
        assertThat(((Account) login(users, "bob", "right")).groups()).containsExactly("staff");
        answer = new LoginAnswer.Stored("", Map.of("groups", "staff"));
        assertRefused(users, "bob", "right");
        answer = new LoginAnswer.Absent();
        assertRefused(users, "bob", "right");
        users.elsewhere().source().orElseThrow().counts().forEach((result, count) -> {
            if (result.equals("right")) {
                assertThat(count).isEqualTo(4);
            } else if (result.equals("wrong")) {
                assertThat(count).isEqualTo(5);
            }
        });
    }

    @Test
    @Tag("attack")
    void theTimeOfARefusalDoesNotTellWhichNamesASourceHas() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        Argon2Hash dear = Argon2Hash.of("right");
        answer = new LoginAnswer.Stored(dear.text(), Map.of("groups", "staff"));
        assertThat(ask(users, "bob", "wrong").isCostly()).isTrue();
        for (LoginAnswer cheap : List.of(
                new LoginAnswer.Absent(),
                new LoginAnswer.Stored("", Map.of()),
                new LoginAnswer.Stored("$unknown$x", Map.of()),
                new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("groups", "staff")),
                new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("enableflag", "false", "homedirectory", "homes")))) {
            answer = cheap;
            assertThat(ask(users, "eve", "wrong").isCostly()).as("%s", cheap).isTrue();
        }
        // also a right one of an account that is disabled or can't be used
        answer = new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("enableflag", "false", "homedirectory", "homes"));
        assertThat(ask(users, "eve", "right").isCostly()).isTrue();
        assertThatExceptionOfType(DisabledAccountException.class).isThrownBy(() -> login(users, "eve", "right"));
        answer = new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("homedirectory", "gone"));
        assertThat(ask(users, "eve", "right").isCostly()).isTrue();
        assertThatExceptionOfType(UnusableAccountException.class).isThrownBy(() -> login(users, "eve", "right"));
        assertRefused(users, "eve", "wrong");
    }

    @Test
    @Tag("attack")
    void aCheaperHashIsAnsweredAsLateAsTheDearestOfTheSource() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Stored(CHEAP_BCRYPT, Map.of("groups", "staff"));
        double before = ask(users, "bob", "wrong").dearness();
        answer = new LoginAnswer.Stored(DEAR_BCRYPT, Map.of("groups", "staff"));
        assertThat(ask(users, "eve", "wrong").dearness()).isEqualTo(1);
        answer = new LoginAnswer.Stored(CHEAP_BCRYPT, Map.of("groups", "staff"));
        assertThat(ask(users, "bob", "wrong").dearness()).isGreaterThan(before);
        assertThat(users.elsewhere().dearness("local")).isGreaterThan(1);
    }

    @Test
    void aChangedHashCountsAtOnceAndAnUnchangedOneIsNotComputedAnew() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        Map<String, String> keys = Map.of("groups", "staff");
        answer = new LoginAnswer.Stored(Argon2Hash.of("right").text(), keys);
        assertThat(ask(users, "bob", "right").isCostly()).isTrue();
        login(users, "bob", "right");

        assertThat(ask(users, "bob", "right").isCostly()).isFalse();
        assertThat(users.authenticateAtOnce("bob", "right")).isEmpty(); // the source is asked each time
        assertThat(users.wasRight("bob", "right")).isTrue();

        answer = new LoginAnswer.Stored(Argon2Hash.of("other").text(), keys);
        assertRefused(users, "bob", "right");
        assertThat(users.accounts().find("bob")).isEmpty(); // its sessions end
        assertThat(login(users, "bob", "other").getName()).isEqualTo("bob");
    }

    @Test
    void storedPasswordsThatWereRightCountWithoutAnswersWhereTheSettingsSaySo() throws Exception {
        AccountUserManager users = manager(Duration.ZERO, HOUR);
        answer = new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("groups", "staff"));
        login(users, "bob", "right");
        answer = new LoginAnswer.Unavailable("it rains");
        assertThat(login(users, "bob", "right").getName()).isEqualTo("bob");
        assertThatExceptionOfType(SourceAwayException.class).isThrownBy(() -> login(users, "bob", "wrong"));
    }
}
