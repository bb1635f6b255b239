package dev.zeroftpd.server.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookPartsTest {

    @TempDir
    private Path folder;

    private Account account(String more) throws Exception {
        for (String directory : List.of("alice", "shared", "in")) {
            Files.createDirectories(folder.resolve(directory));
        }
        Path users = Files.writeString(folder.resolve("users.properties"), """
            ftpserver.user.alice.userpassword=x
            ftpserver.user.alice.homedirectory=alice
            """ + more);
        return Accounts.read(users).find("alice").orElseThrow();
    }

    @Test
    void aFileInAVirtualFolderIsWhereTheFolderIs() throws Exception {
        Account alice = account("""
            ftpserver.user.alice.folder./shared=shared
            ftpserver.user.alice.folder./shared/in=in,read-only
            """);
        assertThat(HookParts.file(alice, "/a/b")).contains(folder.resolve("alice/a/b"));
        assertThat(HookParts.file(alice, "/sharedness")).contains(folder.resolve("alice/sharedness"));
        assertThat(HookParts.file(alice, "/shared")).contains(folder.resolve("shared"));
        assertThat(HookParts.file(alice, "/shared/a")).contains(folder.resolve("shared/a"));
        assertThat(HookParts.file(alice, "/shared/in/a")).contains(folder.resolve("in/a"));
    }
}
