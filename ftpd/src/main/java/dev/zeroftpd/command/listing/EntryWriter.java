package dev.zeroftpd.command.listing;

import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.transfer.turn.Turn;
import dev.zeroftpd.transfer.turn.Turns;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;

/** Where a {@link Walk} puts what it finds. Used by one thread, which walks by turns. */
public final class EntryWriter {

    /** Entries between two looks at the turn: some 50 µs. */
    private static final int ENTRIES_A_LOOK = 16;

    private final ListingText text;
    private final LineFormat format;
    private final ListingMemory memory;
    private Turn turn = Turn.current();
    private int looked;

    public EntryWriter(ListingText text, LineFormat format) {
        this(text, format, ListingMemory.OF_THIS_PROCESS);
    }

    EntryWriter(ListingText text, LineFormat format, ListingMemory memory) {
        this.text = text;
        this.format = format;
        this.memory = memory;
    }

    /** To be called by a walk before anything else. */
    void begin(ListedTree tree) {
        if (!tree.isLocal()) {
            turn = Turn.current().among(Turns.OF_REMOTE_WALKS);
            text.foundBy(turn);
        }
    }

    /** To be called by it at its end. */
    void end() {
        turn.leave();
    }

    /** What the walk may keep until it writes it. */
    ListingMemory memory() {
        return memory;
    }

    void entry(String name, Metadata metadata, Set<Permission> allowed) throws IOException {
        format.add(text, name, metadata, allowed);
    }

    /** Begins the part of a recursive listing that tells of one directory. */
    void section(String title, boolean first) throws IOException {
        turn.takeAgain();
        if (!first) {
            text.endLine();
        }
        text.addPrintableName(title);
        text.add(':');
        text.endLine();
    }

    /**
     * To be called for each entry looked at, shown or not: a walk that finds nothing must also end when the client has
     * gone.
     *
     * @throws ClosedChannelException if the connection is gone
     */
    void requireListener() throws ClosedChannelException {
        if (!text.isOpen()) {
            throw new ClosedChannelException();
        }
        if (looked++ % ENTRIES_A_LOOK == 0) {
            turn.takeAgain();
        }
    }
}
