package dev.zeroftpd.server.doctor;

import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.VirtualFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemFactory;
import org.apache.ftpserver.ftplet.FtpException;

/** Opens every home and virtual folder as a login does, as the user that serves and within its fence. Immutable; blocks. */
public record Homes(Collection<Account> accounts, FileSystemFactory files) implements Doctor.Examination {

    /** Of thousands with the same fault, some tell enough. */
    private static final int MOST_TOLD = 20;

    public Homes {
        accounts = List.copyOf(accounts);
    }

    @Override
    public String about() {
        return "homes";
    }

    @Override
    public void look(Findings found) {
        int looked = 0;
        int faults = 0;
        for (Account account : accounts) {
            if (account.getEnabled()) {
                looked++;
                for (String fault : faults(account)) {
                    if (++faults <= MOST_TOLD) {
                        found.wrong(fault);
                    }
                }
            }
        }
        if (faults > MOST_TOLD) {
            found.wrong("and " + (faults - MOST_TOLD) + " more");
        } else if (faults == 0) {
            found.fine(Quantity.of(looked, "home") + " can be opened");
        }
    }

    private List<String> faults(Account account) {
        List<String> faults = new ArrayList<>();
        fault(account).ifPresent(faults::add);
        for (VirtualFolder folder : account.folders()) {
            if (HomeUri.scheme(folder.root()).isEmpty()) {
                fault(account, folder).ifPresent(faults::add);
            }
        }
        return faults;
    }

    private static Optional<String> fault(Account account, VirtualFolder folder) {
        Path root = Path.of(folder.root());
        String whose = root + ", the folder " + folder.at() + " of " + account.getName() + ", ";
        try (DirectoryStream<Path> _ = Files.newDirectoryStream(root)) {
            boolean writes = !folder.readOnly() && account.rights().changeAt(folder.at());
            return writes && !Files.isWritable(root)
                    ? Optional.of(whose + "can't be written by the server's user, although the account may write there:"
                            + " change the directory's owner or mode, or write ,read-only behind it")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(whose + "can't be listed: " + FailureReason.of(e)
                    + ": clients that enter it get 550; create it, or change its owner or mode");
        }
    }

    private Optional<String> fault(Account account) {
        String whose = account.getHomeDirectory() + ", the home of " + account.getName() + ", ";
        try {
            files.createFileSystemView(account).dispose();
            Path home = Path.of(account.getHomeDirectory());
            if (!Files.exists(home)) {
                return Optional.empty(); // on another file system, which has just opened it
            }
            try (DirectoryStream<Path> _ = Files.newDirectoryStream(home)) {
                boolean writes = account.rights().changeAnything();
                return writes && !Files.isWritable(home)
                        ? Optional.of(whose + "can't be written by the server's user, although the account may write:"
                                + " change the directory's owner or mode, or set writepermission=false")
                        : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.of(
                    whose + "can't be listed: " + FailureReason.of(e) + ": change the directory's owner or mode");
        } catch (FtpException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Optional.of(whose + "can't be opened: " + FailureReason.of(cause)
                    + ": its log-ins are refused until that is mended");
        }
    }
}
