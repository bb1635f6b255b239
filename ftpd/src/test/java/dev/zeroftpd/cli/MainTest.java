package dev.zeroftpd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Deque<String> typed = new ArrayDeque<>();

    @BeforeEach
    void install() throws IOException {
        Files.createDirectory(home.resolve("config"));
        Files.createDirectory(home.resolve("files"));
        Files.writeString(configuration(), "listener.address=127.0.0.1\nlistener.port=2100\n");
        Files.writeString(accounts(), "# ours\n");
    }

    @Test
    void helpNamesEveryCommandAndHowToBegin() {
        assertThat(run("", "--help")).isEqualTo(0);
        assertThat(out()).contains("check", "user", "ftpd serve", "Exit codes");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(run("", "help")).isEqualTo(0);
        assertThat(run("", "help", "user")).isEqualTo(0);
        assertThat(out()).contains("ftpd serve", "passwd");
    }

    @Test
    void suggestsCommandsAndOptionsThatAreNearAndNoOthers() {
        assertThat(run("", "chek")).isEqualTo(2);
        assertThat(err()).contains("error: ftpd has no command chek; did you mean check?");
        assertThat(run("", "frobnicate")).isEqualTo(2);
        assertThat(err()).contains("ftpd has no command frobnicate; it has ").doesNotContain("ftpd user?");
        assertThat(run("", "check", "--stric")).isEqualTo(2);
        assertThat(err()).contains("ftpd check has no option --stric; did you mean --strict?");
        assertThat(run("", "user", "lst")).isEqualTo(2);
        assertThat(err()).contains("ftpd user has no command lst; did you mean list?");
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(run("", "check", "--help")).isEqualTo(0);
        assertThat(run("", "user", "--help")).isEqualTo(0);
        assertThat(run("", "user", "add", "--help")).isEqualTo(0);
        assertThat(out()).contains("--config", "passwd", "--password-stdin");
    }

    @Test
    void wrongUsageEndsWith2AndSaysWhatIsRight() {
        assertThat(run("", "chek")).isEqualTo(2);
        assertThat(run("")).isEqualTo(2);
        assertThat(run("", "user", "add", "ann")).isEqualTo(2);
        assertThat(err()).contains("check", "--home: is missing");
    }

    @Test
    void checkSaysWhatWouldBeServed() {
        assertThat(run("secret\n", "user", "add", "ann", "--home", "files", "--write", "--password-stdin"))
                .isEqualTo(0);
        assertThat(run("", "check", "--set", "listener.address=::1")).isEqualTo(0);
        assertThat(out())
                .contains(configuration().toString())
                .contains("[::1]:2100 (without TLS)")
                .contains("ann: read and write, " + home.resolve("files"));
    }

    @Test
    void failuresNameTheFileAndTheReasonAndNoClass() throws IOException {
        Files.writeString(configuration(), "users.file=blocker/users.properties\n");
        Files.writeString(configuration().resolveSibling("blocker"), "");
        assertThat(run("secret\n", "user", "add", "ann", "--home", "files", "--password-stdin"))
                .isEqualTo(1);
        assertThat(err()).contains("blocker/", "Not a directory").doesNotContain("Exception");
    }

    @Test
    void checkSaysEverythingThatIsWrongInSettingsAndAccounts() throws IOException {
        Files.writeString(configuration(), "listener.prot=1\nlistener.tls=explicit\n");
        Files.writeString(accounts(), "ftpserver.user.ann.homedirectory=nowhere\n");
        assertThat(run("", "check")).isEqualTo(2);
        assertThat(err())
                .contains(
                        "error: " + configuration() + ":1: listener.prot is not a setting; did you mean listener.port?")
                .contains("error: " + configuration() + ":2: listener.tls asks for TLS")
                .contains("error: " + accounts() + ":1:");
    }

    @Test
    void checkRefusesAConfigurationThatIsNotThere() {
        assertThat(run("", "check", "--config", "none.properties")).isEqualTo(2);
        assertThat(err()).contains("none.properties: the configuration doesn't exist");
    }

    @Test
    void editsAccountsAndKeepsComments() throws IOException {
        assertThat(run("secret\n", "user", "add", "ann", "--home", "files", "--password-stdin"))
                .isEqualTo(0);
        assertThat(run("", "user", "disable", "ann")).isEqualTo(0);
        assertThat(run("", "user", "list")).isEqualTo(0);
        assertThat(out()).contains("ann: disabled, " + home.resolve("files"));
        assertThat(run("", "user", "enable", "ann")).isEqualTo(0);
        assertThat(accounts()).content().startsWith("# ours\n").doesNotContain("secret");
        assertThat(run("", "user", "remove", "ann")).isEqualTo(0);
        assertThat(accounts()).hasContent("# ours\n");
    }

    @Test
    void asksForAPasswordTwice() {
        typed.addAll(List.of("one", "other"));
        assertThat(run("", "user", "add", "ann", "--home", "files")).isEqualTo(2);
        assertThat(err()).contains("the two passwords differ");
        typed.addAll(List.of("same", "same"));
        assertThat(run("", "user", "add", "ann", "--home", "files")).isEqualTo(0);
    }

    @Test
    void saysWhatIsWrongBeforeItAsksForAPassword() {
        typed.addAll(List.of("same", "same"));
        assertThat(run("", "user", "add", "ann", "--home", "nowhere")).isEqualTo(2);
        assertThat(err()).contains("--home: there is no directory " + home.resolve("nowhere"), "--create-home");
        assertThat(typed).hasSize(2);

        assertThat(run("", "user", "add", "ann", "--home", "nowhere/deep", "--create-home"))
                .isEqualTo(0);
        assertThat(home.resolve("nowhere/deep")).isDirectory();

        typed.addAll(List.of("same", "same"));
        assertThat(run("", "user", "add", "ann", "--home", "files")).isEqualTo(2);
        assertThat(err()).contains("there is an account ann already");
        assertThat(typed).hasSize(2);
    }

    @Test
    void saysHowToGiveAPasswordWithoutATerminal() {
        assertThat(run("", "user", "add", "ann", "--home", "files")).isEqualTo(2);
        assertThat(err()).contains("there is no terminal to ask at; give the password on standard input");
        assertThat(run("\n", "user", "add", "ann", "--home", "files", "--password-stdin"))
                .isEqualTo(2);
        assertThat(err()).contains("the password is empty");
    }

    @Test
    void anonymousNeedsNoPasswordAndTheFileNeedNotExist() throws IOException {
        Files.delete(accounts());
        assertThat(run("", "user", "add", "anonymous", "--home", "files")).isEqualTo(0);
        assertThat(run("", "check")).isEqualTo(0);
        assertThat(out()).contains("anonymous: read only, " + home.resolve("files"));
    }

    @Test
    void refusesUnknownAccounts() {
        assertThat(run("", "user", "remove", "nobody")).isEqualTo(2);
        assertThat(err()).contains("there is no account nobody");
    }

    @Test
    void noCommandShowsTheSecretOfAHome() throws IOException {
        String home = "s3x://key:hush@bucket/";
        assertThat(run("pass\n", "user", "add", "ann", "--home", home, "--password-stdin"))
                .isEqualTo(2);
        Files.writeString(accounts(), "ftpserver.user.ann.homedirectory=" + home + " # by hand\n");
        for (String command : List.of("check", "user list", "user show ann", "user set ann idletime=1")) {
            assertThat(run("", command.split(" ", -1))).isEqualTo(2);
        }
        Files.writeString(accounts(), "");
        Files.writeString(this.home.resolve("passwd"), "bob:$1$abcdefgh$irWbblnpmw.5z7wgBnprh0:1001:1001::/srv/bob:\n");
        assertThat(run("", "user", "import", "--from", "passwd", "--home", home + "{user}", "passwd"))
                .isEqualTo(1);
        assertThat(out() + err()).contains("has a secret in its URI").doesNotContain("hush");
    }

    private Path configuration() {
        return home.resolve("config/ftpd.properties");
    }

    private Path accounts() {
        return home.resolve("users.properties");
    }

    private int run(String input, String... arguments) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                home,
                home,
                question -> Optional.ofNullable(typed.poll()));
        return Main.run(terminal, arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
