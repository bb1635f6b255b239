package dev.zeroftpd.storage.ftplet;

import java.util.List;

/** The table of docs/uploads.md: what each verb says of a file in each state, and to whom. Immutable. */
final class BrokenUploadsTable {

    static final String OLD = "old file";
    static final String CHANGED = "changed!!";
    static final String CAME = "01234";
    static final String MORE = "abc";

    private BrokenUploadsTable() {}

    /** The columns: what there is of the file. */
    enum State {
        NOTHING,
        FILE_ONLY,
        NEW_BROKE,
        REPLACEMENT_BROKE,
        TWO_REPLACEMENTS_BROKE,
        CHANGED_SINCE,
        DELETED_SINCE,
        EXPIRED,
        NEW_RUNS,
        REPLACEMENT_RUNS;

        /** What those see to whom the broken upload doesn't belong. */
        State forOthers() {
            return switch (this) {
                case NOTHING, NEW_BROKE, DELETED_SINCE, NEW_RUNS -> NOTHING;
                case CHANGED_SINCE -> CHANGED_SINCE;
                default -> FILE_ONLY;
            };
        }
    }

    /** Who asks. */
    enum Client {
        OWNER("alice", "192.0.2.1"),
        OWNER_ELSEWHERE("alice", "192.0.2.2"),
        OTHER_ACCOUNT("bob", "192.0.2.1"),
        ANONYMOUS("anonymous", "192.0.2.1");

        final String user;
        final String address;

        Client(String user, String address) {
            this.user = user;
            this.address = address;
        }
    }

    /** The rows: what is asked, and what comes of it in each state, in the order of the columns. */
    enum Verb {
        SIZE("NOT_FOUND", "8", "5", "5", "5", "9", "NOT_FOUND", "8", "NOT_FOUND", "8"),
        MDTM(
                "NOT_FOUND",
                "the file's",
                "the partial's",
                "the partial's",
                "the partial's",
                "the file's",
                "NOT_FOUND",
                "the file's",
                "NOT_FOUND",
                "the file's"),
        MLST("NOT_FOUND", "8", "5", "5", "5", "9", "NOT_FOUND", "8", "NOT_FOUND", "8"),
        LIST("", "f=8", "f=5", "f=5", "f=5", "f=9", "", "f=8", "", "f=8"),
        RETR("NOT_FOUND", OLD, "NOT_FOUND", OLD, OLD, CHANGED, "NOT_FOUND", OLD, "NOT_FOUND", OLD),
        STOR(MORE, MORE, MORE, MORE, MORE, MORE, MORE, MORE, MORE, MORE),
        REST_3_STOR(
                "BEYOND_END",
                "oldabcle",
                "012abc",
                "012abc",
                "012abc",
                "chaabcd!!",
                "BEYOND_END",
                "oldabcle",
                "BUSY",
                "BUSY"),
        REST_7_STOR(
                "BEYOND_END",
                "old filabc",
                "BEYOND_END",
                "BEYOND_END",
                "BEYOND_END",
                "changedabc",
                "BEYOND_END",
                "old filabc",
                "BUSY",
                "BUSY"),
        APPE(
                MORE,
                OLD + MORE,
                "UNFINISHED",
                "UNFINISHED",
                "UNFINISHED",
                CHANGED + MORE,
                MORE,
                OLD + MORE,
                "BUSY",
                "BUSY"),
        SIZE_APPE(
                MORE,
                OLD + MORE,
                CAME + MORE,
                CAME + MORE,
                CAME + MORE,
                CHANGED + MORE,
                MORE,
                OLD + MORE,
                "BUSY",
                "BUSY"),
        MLST_APPE(
                MORE,
                OLD + MORE,
                CAME + MORE,
                CAME + MORE,
                CAME + MORE,
                CHANGED + MORE,
                MORE,
                OLD + MORE,
                "BUSY",
                "BUSY"),
        LIST_APPE(
                MORE,
                OLD + MORE,
                CAME + MORE,
                CAME + MORE,
                CAME + MORE,
                CHANGED + MORE,
                MORE,
                OLD + MORE,
                "BUSY",
                "BUSY"),
        NLST_APPE(
                MORE,
                OLD + MORE,
                "UNFINISHED",
                "UNFINISHED",
                "UNFINISHED",
                CHANGED + MORE,
                MORE,
                OLD + MORE,
                "BUSY",
                "BUSY"),
        RANG_STOR(
                "NOT_FOUND",
                "oabcfile",
                "UNFINISHED",
                "UNFINISHED",
                "UNFINISHED",
                "cabcged!!",
                "NOT_FOUND",
                "oabcfile",
                "BUSY",
                "BUSY"),
        STOU("free", "taken", "taken", "taken", "taken", "taken", "free", "taken", "taken", "taken"),
        DELE("NOT_FOUND", "gone", "gone", "gone", "gone", "gone", "NOT_FOUND", "gone", "NOT_FOUND", "gone"),
        RNFR(
                "NOT_FOUND",
                "yes",
                "UNFINISHED",
                "UNFINISHED",
                "UNFINISHED",
                "yes",
                "NOT_FOUND",
                "yes",
                "NOT_FOUND",
                "yes");

        private final String cells;

        Verb(String... cells) {
            this.cells = String.join("|", cells);
        }

        String cell(State state) {
            return cells.split("\\|", -1)[List.of(State.values()).indexOf(state)];
        }
    }
}
