package dev.zeroftpd.users;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.users.password.Argon2Hash;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces an old hash in {@code users.properties} by a modern one when its password has just been verified. Any thread; the
 * work is done on the thread of the accounts, so that no login waits for it.
 */
final class PasswordUpgrades {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordUpgrades.class);

    private final UsersFile file;
    private final RememberedPasswords remembered;
    private final AccountsWatch watch;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private volatile boolean givenUp;

    PasswordUpgrades(UsersFile file, RememberedPasswords remembered, AccountsWatch watch) {
        this.file = file;
        this.remembered = remembered;
        this.watch = watch;
    }

    /** Begins to replace the account's stored password, unless that is under way or has been found impossible. */
    void upgrade(Account account, String password) {
        if (!givenUp && running.add(account.getName())) {
            watch.execute(() -> replace(account, password));
        }
    }

    private void replace(Account account, String password) {
        String name = account.getName();
        try {
            Argon2Hash modern = Argon2Hash.of(password);
            // A password that is changed at this moment wins: it isn't the expected one any more.
            if (file.replacePassword(name, account.storedPassword().text(), modern.text())) {
                remembered.remember(name, modern, password);
                LOG.info("The password of {} is stored as a modern hash now", name);
            }
            watch.reload();
        } catch (IOException | ConfigException e) {
            givenUp = true;
            LOG.warn(
                    "Old password hashes stay until the next start, because they can't be replaced: {}",
                    FailureReason.of(e));
        } catch (RuntimeException e) {
            givenUp = true;
            LOG.error("Old password hashes stay until the next start", e);
        } finally {
            running.remove(name);
        }
    }
}
