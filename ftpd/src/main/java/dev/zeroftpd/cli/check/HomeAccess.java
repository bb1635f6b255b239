package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens every home as a session would, as the user that this runs as. Stateless; one thread. */
final class HomeAccess {

    private HomeAccess() {}

    static List<Problem> problems(Path file, Accounts accounts) {
        return accounts.all().stream()
                .filter(account -> account.getEnabled()
                        && HomeUri.scheme(account.getHomeDirectory()).isEmpty())
                .flatMap(account -> problem(file, account).stream())
                .toList();
    }

    private static Optional<Problem> problem(Path file, Account account) {
        Path home = Path.of(account.getHomeDirectory());
        String whose = home + ", the home of " + account.getName() + ", ";
        try (DirectoryStream<Path> _ = Files.newDirectoryStream(home)) {
            boolean writes = account.rights().changeAnything();
            return writes && !Files.isWritable(home)
                    ? Optional.of(Problem.inFile(
                            file,
                            whose + "can't be written by this user, although the account may write",
                            "change the directory's owner or mode, or set writepermission=false"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(Problem.inFile(
                    file,
                    whose + "can't be opened: " + FailureReason.of(e),
                    "change the directory's owner or mode, or run this as the server's user"));
        }
    }
}
