package dev.zeroftpd.cli;

import dev.zeroftpd.config.reader.ConfigException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ftpd serve} for picocli, which knows its help and its mistakes. One thread. */
@Command(
        name = "serve",
        description = {
            "Starts the server. Prints \"Listening on ADDRESS:PORT\" once clients can connect; logs go to standard"
                    + " error.",
            "SIGTERM or Ctrl-C: running transfers may finish for shutdown.grace. SIGHUP: reads the configuration again."
        })
final class ServeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        return Serving.run(terminal, configuration.sources(terminal));
    }
}
