package dev.zeroftpd.ldap;

import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.AccountSourceProvider;
import dev.zeroftpd.spi.InvalidSettingsException;
import dev.zeroftpd.spi.SourceSettings;

/** What the server finds this plugin by. Immutable; any thread. */
public final class LdapSourceProvider implements AccountSourceProvider {

    @Override
    public String name() {
        return "ldap";
    }

    @Override
    public AccountSource open(SourceSettings settings) throws InvalidSettingsException {
        LdapSettings read = LdapSettingsReader.read(settings);
        return new LdapSource(read, Connections.to(read));
    }
}
