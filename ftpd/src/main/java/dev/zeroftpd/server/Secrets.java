package dev.zeroftpd.server;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.server.hook.CheckParts;
import dev.zeroftpd.server.hook.HookParts;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What is read before the process gives up its rights. Immutable; any thread.
 *
 * @param ofHooks what requests of hooks are signed with
 * @param checkTrust how the server of {@code users.check} is known to be the one; empty: by the authorities that Java trusts
 */
record Secrets(Optional<byte[]> ofHooks, Optional<SSLContext> checkTrust) {

    /** @throws ConfigException if a file can't be read, or isn't what it has to be */
    static Secrets read(LoadedSettings loaded) throws ConfigException {
        return new Secrets(HookParts.secret(loaded), CheckParts.trust(loaded));
    }
}
