package dev.zeroftpd.it.clients;

import java.util.List;

/** Every client that the tests drive, in the order of the table in docs/clients.md. Stateless. */
final class Clients {

    private Clients() {}

    static List<Client> all() {
        return List.of(
                new CurlClient(),
                new WgetClient(),
                new LftpClient(),
                new NcftpClient(),
                new TnftpClient(),
                new RcloneClient(),
                ScriptClients.ftplib(),
                ScriptClients.basicFtp(),
                new CommonsNetClient(),
                new JdkUrlClient());
    }
}
