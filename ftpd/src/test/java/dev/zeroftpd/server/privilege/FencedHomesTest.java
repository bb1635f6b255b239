package dev.zeroftpd.server.privilege;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.users.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FencedHomesTest {

    @TempDir
    private Path folder;

    private final List<Path> looked = new CopyOnWriteArrayList<>();

    private Accounts accounts(String... homes) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String home : homes) {
            Path made = Files.createDirectories(folder.resolve(home));
            text.append("ftpserver.user.%s.homedirectory=%s%n".formatted(home, made));
            text.append("ftpserver.user.%s.enableflag=true%n".formatted(home));
        }
        return Accounts.read(Files.writeString(folder.resolve("users.properties"), text));
    }

    private List<Path> homes(String... names) {
        return List.of(names).stream().map(folder::resolve).toList();
    }

    @Test
    void looksOnlyAtHomesThatAreNew() throws Exception {
        FencedHomes fenced = new FencedHomes(looked::add);
        fenced.report(accounts("ann", "bob"));
        await().until(() -> looked.equals(homes("ann", "bob")));
        fenced.report(accounts("ann", "bob", "cid"));
        await().until(() -> looked.equals(homes("ann", "bob", "cid")));
    }

    @Test
    void looksAtFoldersToo() throws Exception {
        accounts("ann");
        Path users = folder.resolve("users.properties");
        Files.writeString(users, Files.readString(users) + "ftpserver.user.ann.folder./shared=shared\n");
        FencedHomes fenced = new FencedHomes(looked::add);

        fenced.report(Accounts.read(users));
        await().until(() -> looked.equals(homes("ann", "shared")));
    }

    @Test
    void aHomeThatHangsHoldsUpNoEdit() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        FencedHomes fenced = new FencedHomes(home -> {
            looked.add(home);
            hanging.countDown();
            await().until(() -> back.getCount() == 0);
            return false;
        });
        fenced.report(accounts("ann"));
        hanging.await();
        fenced.report(accounts("ann", "bob"));
        fenced.report(accounts("ann", "bob", "cid"));
        assertThat(looked).isEqualTo(homes("ann"));

        back.countDown();
        await().until(() -> looked.equals(homes("ann", "bob", "cid")));
    }
}
