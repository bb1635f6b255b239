package dev.zeroftpd.sql;

import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.AccountSourceProvider;
import dev.zeroftpd.spi.InvalidSettingsException;
import dev.zeroftpd.spi.SourceSettings;

/** What the server finds this plugin by. Immutable; any thread. */
public final class SqlSourceProvider implements AccountSourceProvider {

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public AccountSource open(SourceSettings settings) throws InvalidSettingsException {
        SqlSettings read = SqlSettingsReader.read(settings);
        return new SqlSource(read, Connections.to(read));
    }
}
