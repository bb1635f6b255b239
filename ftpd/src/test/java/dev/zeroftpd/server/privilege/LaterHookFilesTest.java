package dev.zeroftpd.server.privilege;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaterHookFilesTest {

    @TempDir
    private Path folder;

    private Accounts accounts;

    /** The names of accounts that were looked at together. */
    private final List<List<String>> looks = new CopyOnWriteArrayList<>();

    @BeforeEach
    void read() throws Exception {
        Path file = Files.writeString(folder.resolve("users.properties"), """
            ftpserver.user.ann.homedirectory=.
            ftpserver.user.bob.homedirectory=.
            ftpserver.user.tom.homedirectory=.
            """);
        accounts = Accounts.read(file);
    }

    private Account account(String name) {
        return accounts.find(name).orElseThrow();
    }

    private static List<String> names(Collection<Account> some) {
        return some.stream().map(Account::getName).toList();
    }

    @Test
    void aNewAccountCostsALookAtThatOneAlone() {
        LaterHookFiles files = new LaterHookFiles(true, accounts::all, some -> {
            looks.add(names(some));
            return List.of();
        });

        files.look(account("bob"));
        await().until(() -> looks.equals(List.of(List.of("bob"))));
        files.look();
        await().until(() -> looks.equals(List.of(List.of("bob"), List.of("ann", "bob", "tom"))));
    }

    @Test
    void whatComesWhileAHomeIsLookedAtIsLookedAtAfterwards() {
        CountDownLatch answer = new CountDownLatch(1);
        LaterHookFiles files = new LaterHookFiles(true, accounts::all, some -> {
            looks.add(names(some));
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });

        files.look(account("bob"));
        await().until(() -> looks.size() == 1);
        files.look(account("ann"));
        files.look(account("tom"));
        assertThat(looks).containsExactly(List.of("bob"));
        answer.countDown();

        await().until(() -> looks.equals(List.of(List.of("bob"), List.of("ann", "tom"))));
    }
}
