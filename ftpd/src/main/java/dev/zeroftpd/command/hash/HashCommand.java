package dev.zeroftpd.command.hash;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.transfer.DownloadFile;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.work.TurnOwner;
import dev.zeroftpd.command.work.VainWork;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.os.Quantity;
import dev.zeroftpd.storage.StorageException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HASH (draft-bryan-ftpext-hash), XCRC, XMD5, XSHA and their like: opens the file on the session's mailbox and hashes it on
 * threads of its own while the session waits.
 */
public final class HashCommand implements AskingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(HashCommand.class);

    private final WorkThreads threads;
    private final Function<FtpIoSession, HashAlgorithm> algorithm;
    private final HashForm form;
    private final Need need;

    private HashCommand(
            WorkThreads threads, Function<FtpIoSession, HashAlgorithm> algorithm, HashForm form, Need need) {
        this.need = need;
        this.threads = threads;
        this.algorithm = algorithm;
        this.form = form;
    }

    /** HASH, with the algorithm that the session chose. */
    public static HashCommand chosen(WorkThreads threads) {
        return new HashCommand(threads, session -> HashChoice.of(session).algorithm(), HashForm.HASH, Need.NOTHING);
    }

    /** One of the older commands whose name tells the algorithm. */
    public static HashCommand old(WorkThreads threads, HashAlgorithm algorithm) {
        return new HashCommand(threads, session -> algorithm, HashForm.OLD, Need.NOTHING);
    }

    @Override
    public HashCommand asking(Need wanted) {
        return new HashCommand(threads, algorithm, form, wanted);
    }

    /** Requests come without the X, but MD5 (draft-twine-ftpmd5) is another verb than XMD5. */
    private static boolean isSpelledWithX(FtpRequest request) {
        return request.getRequestLine().regionMatches(true, 0, "X", 0, 1);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        if (form == HashForm.OLD && !isSpelledWithX(request)) {
            Replies.say(session, FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED, "Use HASH instead.");
            return;
        }
        Optional<HashForm.Wanted> wanted = form.parse(session, request);
        if (wanted.isEmpty()) {
            Replies.badArgument(session, request.getCommand() + " needs a file name.");
            return;
        }
        DownloadFile file;
        try {
            file = DownloadFile.open(session, need, wanted.get().name());
        } catch (StorageException e) {
            form.refuse(session, e);
            return;
        }
        long size = file.source().size();
        long end = Math.min(wanted.get().end(), size);
        if (wanted.get().start() > end) {
            file.source().close();
            Replies.badArgument(session, "The file has only " + Quantity.of(size, "byte") + ".");
            return;
        }
        Deferred deferred = ControlConnection.of(session).defer(session, request);
        HashAlgorithm chosen = algorithm.apply(session);
        long start = wanted.get().start();
        Task task = new Task(
                deferred,
                new VainWork(deferred),
                new FileHash(file.source(), start, end, chosen),
                file.path(),
                hash -> form.reply(session, chosen, start, end, hash, file.path()));
        try {
            threads.execute(TurnOwner.of(session), task);
        } catch (OutOfMemoryError noThread) {
            file.source().close();
            throw noThread;
        }
    }

    /** A hash being computed. One thread at a time. */
    private record Task(Deferred deferred, VainWork vain, FileHash hash, String path, Consumer<String> reply)
            implements WorkThreads.PieceWork {

        @Override
        public boolean doPiece() {
            try {
                if (hash.goOn(vain)) {
                    return true;
                }
                String digits = hash.finish();
                deferred.finish(() -> reply.accept(digits));
            } catch (NoHashException expected) {
                closeFile();
                deferred.finish(() -> Replies.say(
                        deferred.session(),
                        FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED,
                        "No hash: " + expected.reason() + "."));
            } catch (IOException | RuntimeException | Error failed) {
                closeFile();
                deferred.fail(failed); // what it says may be a plugin's: for the log only
            }
            return false;
        }

        private void closeFile() {
            try {
                hash.close();
            } catch (IOException e) {
                LOG.debug("Closing {} failed", path, e);
            }
        }
    }
}
