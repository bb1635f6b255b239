package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import dev.zeroftpd.users.VirtualFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens every virtual folder as a session would, as the user that this runs as. Stateless; one thread. */
final class FolderAccess {

    private FolderAccess() {}

    static List<Problem> problems(Path file, Accounts accounts) {
        List<Problem> problems = new ArrayList<>();
        for (Account account : accounts.all()) {
            for (VirtualFolder folder : account.folders()) {
                if (account.getEnabled() && HomeUri.scheme(folder.root()).isEmpty()) {
                    problem(file, account, folder).ifPresent(problems::add);
                }
            }
        }
        return problems;
    }

    private static Optional<Problem> problem(Path file, Account account, VirtualFolder folder) {
        Path root = Path.of(folder.root());
        String whose = root + ", the folder " + folder.at() + " of " + account.getName() + ", ";
        try (DirectoryStream<Path> _ = Files.newDirectoryStream(root)) {
            boolean writes = !folder.readOnly() && account.rights().changeAt(folder.at());
            return writes && !Files.isWritable(root)
                    ? Optional.of(Problem.inFile(
                            file,
                            whose + "can't be written by this user, although the account may write there",
                            "change the directory's owner or mode, or write ,read-only behind it"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(Problem.inFile(
                    file,
                    whose + "can't be opened: " + FailureReason.of(e),
                    "create it or change its owner or mode, or run this as the server's user"));
        }
    }
}
