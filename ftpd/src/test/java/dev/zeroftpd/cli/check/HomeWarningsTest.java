package dev.zeroftpd.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeWarningsTest {

    @TempDir
    Path folder;

    @Test
    void saysNothingOfHomesBesideEachOther() throws IOException, ConfigException {
        assertThat(warnings("alice=homes/alice", "bob=homes/bob", "eve=homes/bob", "zip=jar:file:///a.zip"))
                .isEmpty();
    }

    @Test
    void warnsOfHomesWithinHomesAlsoThroughLinks() throws IOException, ConfigException {
        Files.createDirectories(folder.resolve("all/x/inner"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("all/x/inner"));

        Path inner = folder.toRealPath().resolve("all/x/inner");
        assertThat(warnings("admin=all", "bob=link"))
                .containsExactly(inner + ", the home of bob, is within the home of admin,"
                        + " who can put another directory in its place if they may write");
    }

    @Test
    @Tag("attack")
    void warnsOfParentsThatOthersMayWriteTo() throws IOException, ConfigException {
        Path open = Files.createDirectories(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThat(warnings("a=open/a", "b=open/below/b", "c=open/c", "d=open/d", "e=closed/e"))
                .containsExactly(open.toRealPath() + " may be written to by others (mode 775), who can put another"
                        + " directory in the place of the home of a, b, c and 1 more");
    }

    /** There others can't rename what isn't theirs. */
    @Test
    void doesNotWarnOfStickyDirectories() throws IOException, ConfigException {
        Path sticky = Files.createDirectories(folder.resolve("sticky"));
        Files.setAttribute(sticky, "unix:mode", 01777);

        assertThat(warnings("a=sticky/a")).isEmpty();
    }

    @Test
    void warnsOfParentsThatBelongToOthers() throws IOException, ConfigException {
        assumeTrue("root".equals(System.getProperty("user.name")));
        Path theirs = Files.createDirectories(folder.resolve("theirs"));
        Files.setAttribute(theirs, "unix:uid", 4711);
        Path sticky = Files.createDirectories(folder.resolve("sticky"));
        Files.setAttribute(sticky, "unix:mode", 01777);
        Path own = Files.createDirectories(sticky.resolve("own"));
        Files.setAttribute(own, "unix:uid", 4711);

        assertThat(warnings("a=theirs/a", "b=sticky/own"))
                .containsExactly(
                        own + " belongs to 4711, who can put another directory in the place of the home of b",
                        theirs + " belongs to 4711, who can put another directory in the place of the home of a");
    }

    @Test
    void tellsWhereRetentionDeletesNothing() throws IOException, ConfigException {
        Path inner = Files.createDirectories(folder.resolve("all/inner")).toRealPath();
        Path file = Files.writeString(folder.resolve("users.properties"), """
            ftpserver.user.admin.userpassword=x
            ftpserver.user.admin.homedirectory=all
            ftpserver.user.admin.retention=7d
            ftpserver.user.bob.userpassword=x
            ftpserver.user.bob.homedirectory=all/inner
            """);

        assertThat(HomeWarnings.of(Accounts.read(file).all()))
                .hasSize(2)
                .contains(inner
                        + ", the home of bob, is within the home of admin, whose retention deletes nothing there");
    }

    private List<String> warnings(String... accounts) throws IOException, ConfigException {
        StringBuilder text = new StringBuilder();
        for (String account : accounts) {
            String name = account.substring(0, account.indexOf('='));
            String home = account.substring(account.indexOf('=') + 1);
            if (!home.contains(":")) {
                Files.createDirectories(folder.resolve(home));
            }
            text.append("ftpserver.user.").append(name).append(".userpassword=x\n");
            text.append("ftpserver.user.")
                    .append(name)
                    .append(".homedirectory=")
                    .append(home)
                    .append('\n');
            text.append("ftpserver.user.").append(name).append(".writepermission=true\n");
        }
        Path file = Files.writeString(folder.resolve("users.properties"), text);
        return HomeWarnings.of(Accounts.read(file).all());
    }
}
