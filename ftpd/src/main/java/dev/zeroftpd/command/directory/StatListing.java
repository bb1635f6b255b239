package dev.zeroftpd.command.directory;

import dev.zeroftpd.command.listing.EntryWriter;
import dev.zeroftpd.command.listing.ListArgument;
import dev.zeroftpd.command.listing.ListedTree;
import dev.zeroftpd.command.listing.ListingText;
import dev.zeroftpd.command.listing.LongFormat;
import dev.zeroftpd.command.listing.Walk;
import dev.zeroftpd.command.reply.BoundedText;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.work.TurnOwner;
import dev.zeroftpd.command.work.VainWork;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.Deferred;
import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.transfer.turn.Turn;
import dev.zeroftpd.transfer.turn.Turns;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * STAT with a path (RFC 959, section 4.1.3): LIST over the control connection. Begins on the session's mailbox and walks
 * on a virtual thread, by turns, while the session waits. A reply is held in memory, so a long listing is cut and says so.
 */
public final class StatListing implements AskingCommand {

    /** Some thousand entries: more is what LIST is for. */
    private static final int REPLY_LIMIT = 64 * 1024;

    /** The longest that it searches, however large a tree without matches is. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Need need;

    /**
     * @param clock says which times are long ago
     * @param nanoTime bounds the search; never set
     */
    public StatListing(InstantSource clock, LongSupplier nanoTime) {
        this(clock, nanoTime, Need.NOTHING);
    }

    private StatListing(InstantSource clock, LongSupplier nanoTime, Need need) {
        this.need = need;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public StatListing asking(Need wanted) {
        return new StatListing(clock, nanoTime, wanted);
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException {
        session.resetState();
        Deferred deferred = ControlConnection.of(session).defer(session, request);
        Turn turn = Turns.OF_THIS_PROCESS.of(TurnOwner.of(session));
        Thread.ofVirtual().name("stat").start(() -> turn.during(() -> answer(deferred)));
    }

    private void answer(Deferred deferred) {
        try {
            FtpReply reply = reply(deferred);
            deferred.finish(() -> deferred.session().write(reply));
        } catch (IOException | RuntimeException | Error failed) {
            deferred.fail(failed);
        }
    }

    private FtpReply reply(Deferred deferred) throws IOException {
        FtpIoSession session = deferred.session();
        String path = deferred.request().getArgument();
        VainWork vain = new VainWork(deferred);
        ListedTree tree = ListedTree.of(session.getFileSystemView(), true);
        ListArgument argument = tree.argument(path);
        need.ask(session.getFileSystemView(), tree.resolve(argument.path()));
        try (Walk walk = Walk.of(tree, argument, false)) {
            Turn turn = Turn.current();
            long begun = searchedNanos(turn);
            BoundedText found = new BoundedText(
                    REPLY_LIMIT, () -> vain.getAsBoolean() || searchedNanos(turn) - begun > TIME_LIMIT.toNanos());
            boolean complete = list(walk, found, argument);
            int code = walk.isOfDirectory() ? FtpReply.REPLY_212_DIRECTORY_STATUS : FtpReply.REPLY_213_FILE_STATUS;
            if (!complete && vain.getAsBoolean()) {
                return Reply.of(FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED, "Status not looked for: aborted.");
            }
            String end = complete ? "End of status." : "There is more: use LIST.";
            return Reply.of(code, "Status of " + path + ":\n" + found.lines() + end);
        }
    }

    /** The clock stands still while others have their turn: that is no search of this client's. */
    private long searchedNanos(Turn turn) {
        return nanoTime.getAsLong() - turn.waitedNanos();
    }

    /** False if the listing was cut. */
    private boolean list(Walk walk, BoundedText found, ListArgument argument) throws IOException {
        ListingText text = new ListingText(found);
        LongFormat format = new LongFormat(
                clock.instant().getEpochSecond(), argument.switches().classify());
        try {
            walk.run(new EntryWriter(text, format));
        } catch (ClosedChannelException full) {
            return false;
        }
        text.flush();
        return true;
    }
}
