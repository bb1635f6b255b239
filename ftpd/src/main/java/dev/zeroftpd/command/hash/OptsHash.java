package dev.zeroftpd.command.hash;

import dev.zeroftpd.command.reply.Replies;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** OPTS HASH: tells or chooses the hash of HASH (draft-bryan-ftpext-hash, section 4). Never blocks. */
public final class OptsHash implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String[] words = request.getArgument().strip().split(" +", -1);
        if (words.length == 1) {
            Replies.okay(session, HashChoice.of(session).algorithm().label());
            return;
        }
        Optional<HashAlgorithm> algorithm = words.length == 2 ? HashAlgorithm.named(words[1]) : Optional.empty();
        if (algorithm.isEmpty()) {
            Replies.badArgument(session, "Unknown hash, nothing changed; FEAT lists those that are offered.");
            return;
        }
        HashChoice.set(session, algorithm.get());
        Replies.okay(session, algorithm.get().label());
    }
}
