package dev.zeroftpd.server.privilege;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.os.ProcessUser;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookFilesTest {

    private static final String USER = "nobody";

    @TempDir
    private Path folder;

    private Path program;

    @BeforeEach
    void makeProgram() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        program =
                Files.writeString(Files.createDirectories(folder.resolve("bin")).resolve("told"), "#!/bin/sh\n");
        mode(program, "rwxr-xr-x");
        Files.createDirectories(folder.resolve("home"));
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void eachLinkOnTheWayCounts() throws Exception {
        Path open = Files.createDirectories(folder.resolve("open"));
        Files.createSymbolicLink(open.resolve("link"), program);
        Files.createSymbolicLink(folder.resolve("first"), open.resolve("link"));
        assertThat(problems("hook.upload=" + folder.resolve("first"))).isEmpty();
        mode(open, "rwxrwxrwx");
        assertThat(problems("hook.upload=" + folder.resolve("first")))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains(open + " may be written to by others"));
    }

    @Test
    void theCheckOfLogInsIsSuchAProgramToo() throws Exception {
        assertThat(problems("users.check=" + program)).isEmpty();
        mode(program, "rwxrwxrwx");
        assertThat(problems("users.check=" + program))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem).contains("users.check").contains("may be written to by others"));
        assertThat(problemsOf("process.user=root\nusers.check=" + program))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("would be run by root"));
    }

    @Test
    void aFolderOfAnAccountIsNoPlaceForAProgram() throws Exception {
        String folders = "ftpserver.user.alice.folder./programs=bin\n";
        assertThat(problemsOf(user() + "hook.upload=" + program, folders))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("the home or a folder of an account"));
    }

    @Test
    void anAccountThatComesLaterIsLookedAtAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("ftpd.properties"), user() + "hook.upload=" + program);
        var settings = SettingsLoader.load(SettingsSources.ofFile(file)).settings();
        assertThat(HookFiles.inHomes(settings, accounts("").all())).isEmpty();
        String bob = """
            ftpserver.user.bob.userpassword=x
            ftpserver.user.bob.homedirectory=.
            """;
        assertThat(HookFiles.inHomes(settings, accounts(bob).all())).hasSize(1);
    }

    /** A server in a process with other work never becomes another user. */
    @Test
    void aProcessThatStaysRootIsRefusedWhateverItsSettingsSay() throws Exception {
        assumeThat(ProcessUser.isRoot()).isTrue();
        Path file = Files.writeString(folder.resolve("ftpd.properties"), user() + "hook.upload=" + program);
        var loaded = SettingsLoader.load(SettingsSources.ofFile(file));
        Accounts accounts = accounts("");
        HookFiles.requireOnceServing(loaded, accounts);
        assertThatThrownBy(() -> HookFiles.require(loaded, accounts))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("would be run by root");
    }

    private static String user() {
        return ProcessUser.isRoot() ? "process.user=" + USER + "\n" : "";
    }

    /** As root for another user, which only says whom the programs would be run by. */
    private List<String> problems(String... lines) throws Exception {
        return problemsOf(user() + String.join("\n", lines));
    }

    private List<String> problemsOf(String lines) throws Exception {
        return problemsOf(lines, "");
    }

    private Accounts accounts(String more) throws Exception {
        return Accounts.read(Files.writeString(folder.resolve("users.properties"), """
            ftpserver.user.alice.userpassword=x
            ftpserver.user.alice.homedirectory=home
            ftpserver.user.alice.enableflag=true
            """ + more));
    }

    private List<String> problemsOf(String lines, String accounts) throws Exception {
        Path file = Files.writeString(folder.resolve("ftpd.properties"), lines);
        return HookFiles.problems(
                        SettingsLoader.load(SettingsSources.ofFile(file)).settings(), accounts(accounts))
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void aProgramOfTheOperatorsOwnIsTaken() throws Exception {
        assertThat(problems("hook.upload=" + program, "hook.upload-check=" + program))
                .isEmpty();
    }

    @Test
    void aProgramThatIsNotThereOrNoProgramIsRefused() throws Exception {
        assertThat(problems("hook.upload=" + program + "x"))
                .singleElement()
                .asString()
                .contains("hook.upload")
                .contains("can't be looked at");
        mode(program, "rw-r--r--");
        assertThat(problems("hook.upload=" + program))
                .singleElement()
                .asString()
                .contains("not a program");
        assertThat(problems("hook.upload=" + folder)).singleElement().asString().contains("not a program");
    }

    @Test
    void aProgramThatOthersMayChangeIsRefused() throws Exception {
        mode(program, "rwxrwxr-x");
        assertThat(problems("hook.upload=" + program))
                .singleElement()
                .asString()
                .contains(program + " may be written to by others");
    }

    @Test
    void aProgramThatOthersMayReplaceIsRefusedByWhateverPath() throws Exception {
        Path directory = folder.resolve("bin");
        mode(directory, "rwxrwxrwx");
        assertThat(problems("hook.upload=" + program))
                .singleElement()
                .asString()
                .contains(directory + " may be written to by others");
        mode(directory, "rwxr-xr-x");
        Path open = Files.createDirectories(folder.resolve("open"));
        Path link = Files.createSymbolicLink(open.resolve("told"), program);
        mode(open, "rwxrwxrwx");
        assertThat(problems("hook.upload=" + link))
                .singleElement()
                .asString()
                .contains(open + " may be written to by others");
    }

    @Test
    void aProgramOfAnotherUserIsRefused() throws Exception {
        assumeThat(ProcessUser.isRoot()).as("only root can give files away").isTrue();
        Files.setAttribute(program, "unix:uid", 12345);
        assertThat(problems("hook.upload=" + program))
                .singleElement()
                .asString()
                .contains(program + " belongs to 12345");
    }

    @Test
    void whatClientsCouldWriteIsRefused() throws Exception {
        Path inside = Files.copy(program, folder.resolve("home/told"));
        mode(inside, "rwxr-xr-x");
        assertThat(problems("hook.delete=" + inside)).singleElement().asString().contains("of an account");
        assertThat(problems("hook.upload-check=" + program, "hook.quarantine=" + folder.resolve("home")))
                .singleElement()
                .asString()
                .contains("hook.quarantine")
                .contains("of an account");
    }

    @Test
    void rootRunsNoProgram() throws Exception {
        assertThat(problemsOf("process.user=root\nhook.upload=" + program))
                .singleElement()
                .asString()
                .contains("would be run by root");
        assertThat(problemsOf("process.user=root\nhook.upload=https://example.org/"))
                .isEmpty();
    }
}
