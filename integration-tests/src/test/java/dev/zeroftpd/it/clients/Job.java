package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Site;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.util.Set;

/** What people do with an FTP client: one row of the table in docs/clients.md. Immutable. */
@SuppressWarnings("ImmutableEnumChecker") // Work captures nothing that changes.
enum Job {
    DOWNLOAD("download", TransferJobs::download),
    RESUME("resume a download", TransferJobs::resume),
    RESUME_BEYOND_4_GIB("resume a download beyond 4 GiB", TransferJobs::resumeBeyondFourGibibytes),
    UPLOAD("upload", TransferJobs::upload),
    RESUME_UPLOAD("resume an upload that broke", TransferJobs::resumeUpload),
    RESUME_UPLOAD_BEYOND_4_GIB("resume an upload beyond 4 GiB", TransferJobs::resumeUploadBeyondFourGibibytes),
    APPEND("append", TransferJobs::append),
    EMPTY("empty file", TransferJobs::empty),
    ASCII("text in TYPE A", TransferJobs::ascii),
    ABORT("abort a download", TransferJobs::abort),
    MIRROR_DOWN("mirror 300 files down", TreeJobs::mirrorDown),
    MIRROR_UP("mirror 300 files up", TreeJobs::mirrorUp),
    LIST("list names", TreeJobs::list),
    NAME_WITH_BLANKS("a name with blanks", cell -> TreeJobs.oddName(cell, "two  blanks in a row.txt")),
    NAME_IN_UNICODE("a name in Unicode", cell -> TreeJobs.oddName(cell, "größe 日本語 😀.txt")),
    NAME_WITH_DASH("a name that begins with a dash", cell -> TreeJobs.oddName(cell, "-rf")),
    NAME_WITH_GLOB("a name with glob characters", cell -> TreeJobs.oddName(cell, "[a-z]{b}*?.txt")),
    NAME_WITH_QUOTES("a name with quotes", cell -> TreeJobs.oddName(cell, "it's \"quoted\".txt")),
    RENAME("rename", TreeJobs::rename),
    MAKE_DIRECTORY("make a directory", TreeJobs::makeDirectory),
    REMOVE_DIRECTORY("remove a directory", TreeJobs::removeDirectory),
    DELETE("delete", TreeJobs::delete),
    READ_TIME("read a modification time", TreeJobs::readTime),
    SET_TIME("set a modification time", TreeJobs::setTime),
    IPV4_PASSIVE("passive, IPv4", cell -> ConnectionJobs.bothWays(cell, Way.Mode.PASSIVE, Way.Family.IPV4)),
    IPV6_PASSIVE("passive, IPv6", cell -> ConnectionJobs.bothWays(cell, Way.Mode.PASSIVE, Way.Family.IPV6)),
    IPV4_ACTIVE("active, IPv4", cell -> ConnectionJobs.bothWays(cell, Way.Mode.ACTIVE, Way.Family.IPV4)),
    IPV6_ACTIVE("active, IPv6", cell -> ConnectionJobs.bothWays(cell, Way.Mode.ACTIVE, Way.Family.IPV6)),
    FTPS_1_2("FTPS, TLS 1.2", cell -> ConnectionJobs.protectedWays(cell, Site.Protection.TLS_1_2, false)),
    FTPS_1_3("FTPS, TLS 1.3", cell -> ConnectionJobs.protectedWays(cell, Site.Protection.TLS_1_3, false)),
    FTPS_1_2_REUSE(
            "FTPS, TLS 1.2, session reuse required",
            cell -> ConnectionJobs.protectedWays(cell, Site.Protection.TLS_1_2, true)),
    FTPS_1_3_REUSE(
            "FTPS, TLS 1.3, session reuse required",
            cell -> ConnectionJobs.protectedWays(cell, Site.Protection.TLS_1_3, true));

    /** Lets the cell's client do the job and looks at the result on both ends. */
    @FunctionalInterface
    interface Work {
        void doIn(Cell cell) throws IOException;
    }

    /** Those over TLS. */
    static final Set<Job> FTPS = Set.of(FTPS_1_2, FTPS_1_3, FTPS_1_2_REUSE, FTPS_1_3_REUSE);

    private final String title;
    private final Work work;

    Job(String title, Work work) {
        this.title = title;
        this.work = work;
    }

    /** As docs/clients.md calls it. */
    String title() {
        return title;
    }

    void doIn(Cell cell) throws IOException {
        work.doIn(cell);
    }
}
