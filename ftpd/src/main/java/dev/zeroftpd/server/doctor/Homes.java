package dev.zeroftpd.server.doctor;

import dev.zeroftpd.operator.Finding;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.users.Account;
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
import org.apache.ftpserver.usermanager.impl.WriteRequest;

/** Opens every home as a login does, as the user that serves and within its fence. Immutable; blocks. */
public record Homes(Collection<Account> accounts, FileSystemFactory files) implements Doctor.Examination {

    private static final String ABOUT = "homes";

    /** Of thousands with the same fault, some tell enough. */
    private static final int MOST_TOLD = 20;

    public Homes {
        accounts = List.copyOf(accounts);
    }

    @Override
    public String about() {
        return ABOUT;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        int looked = 0;
        int faults = 0;
        for (Account account : accounts) {
            if (account.getEnabled()) {
                looked++;
                Optional<String> fault = fault(account);
                if (fault.isPresent() && ++faults <= MOST_TOLD) {
                    found.add(Finding.wrong(ABOUT, fault.get()));
                }
            }
        }
        if (faults > MOST_TOLD) {
            found.add(Finding.wrong(ABOUT, "and " + (faults - MOST_TOLD) + " more"));
        } else if (faults == 0) {
            found.add(Finding.fine(ABOUT, Quantity.of(looked, "home") + " can be opened"));
        }
        return found;
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
                boolean writes = account.authorize(new WriteRequest()) != null;
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
