package dev.zeroftpd.admin.page.history;

import dev.zeroftpd.transfer.result.StreamReason;
import java.util.List;
import java.util.Locale;

/** One number of each sample; how several samples become one. After these come the reasons. */
enum Column {
    SESSIONS(0, Fold.MOST),
    TRANSFERS(1, Fold.MOST),
    DOWNLOAD_ZERO_COPY(2, Fold.MEAN),
    DOWNLOAD_STREAMED(3, Fold.MEAN),
    UPLOAD(4, Fold.MEAN),
    LOGINS(5, Fold.SUM),
    FAILED_LOGINS(6, Fold.SUM),
    REFUSED(7, Fold.SUM);

    /** How several numbers become one. */
    enum Fold {
        MOST,
        MEAN,
        SUM
    }

    /** Bytes per second of streamed downloads, in the order of the reasons. */
    static final int FIRST_REASON = values().length;

    /** Of each sample. */
    static final int NUMBERS = FIRST_REASON + StreamReason.values().length;

    private static final List<StreamReason> REASONS = List.of(StreamReason.values());

    private final int place;
    private final Fold fold;
    private final String word = name().toLowerCase(Locale.ROOT);

    /** @param place its number in a sample, as the file has it */
    Column(int place, Fold fold) {
        this.place = place;
        this.fold = fold;
    }

    /** Its number in a sample. */
    int place() {
        return place;
    }

    /** The number of a reason in a sample. */
    static int placeOf(StreamReason reason) {
        return FIRST_REASON + REASONS.indexOf(reason);
    }

    /** As the page calls it. */
    String word() {
        return word;
    }

    /** That of a column by its number, of a reason too. */
    static Fold fold(int number) {
        return number < FIRST_REASON ? values()[number].fold : Fold.MEAN;
    }
}
