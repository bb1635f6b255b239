package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Site;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Jobs that are about how connections come up. Stateless. */
final class ConnectionJobs {

    private ConnectionJobs() {}

    /** Downloads, and uploads if the client can, and looks which commands opened the data connections. */
    static void bothWays(Cell cell, Way.Mode mode, Way.Family family) throws IOException {
        assertThat(family.includes(cell.site().address().getAddress())).isTrue();
        transfer(cell, cell.site().with(mode));

        List<String> commands = cell.tap().commands();
        switch (mode) {
            case PASSIVE ->
                assertThat(commands)
                        .anyMatch(command -> command.startsWith("EPSV") || command.equals("PASV"))
                        .noneMatch(command -> command.startsWith("PORT") || command.startsWith("EPRT"));
            case ACTIVE ->
                assertThat(commands)
                        .anyMatch(command -> command.startsWith("PORT") || command.startsWith("EPRT"))
                        .noneMatch(command -> command.startsWith("EPSV") || command.equals("PASV"));
        }
    }

    /**
     * Downloads, and uploads if the client can, with everything encrypted.
     *
     * @param resuming for a server that refuses every data connection that doesn't resume the TLS session of its control
     *     connection; else clients are as they come
     */
    static void protectedWays(Cell cell, Site.Protection protection, boolean resuming) throws IOException {
        transfer(cell, cell.site().with(protection, resuming));

        cell.expectSent("AUTH ");
        assertThat(cell.tap().commands()).as("in clear").noneMatch(command -> command.startsWith("USER"));
        assertThat(cell.tap().sawTls13()).isEqualTo(protection == Site.Protection.TLS_1_3);
    }

    private static void transfer(Cell cell, Site site) throws IOException {
        cell.client().get(site, TransferJobs.FILE, cell.local("got"));

        Cell.expectSame(cell.local("got"), cell.onServer(TransferJobs.FILE));
        if (cell.client().offers(Job.UPLOAD)) {
            Path file = PatternFile.write(cell.local("file"), TransferJobs.SIZE);
            cell.client().put(site, file, cell.remote("file"));
            Cell.expectSame(cell.onServer(cell.remote("file")), file);
        }
    }
}
