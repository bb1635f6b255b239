package dev.zeroftpd.check;

import dev.zeroftpd.config.hook.CheckSettings;
import dev.zeroftpd.config.hook.HookTarget;
import dev.zeroftpd.spi.AccountSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Makes the source of accounts that {@code users.check} names. Stateless; any thread. */
public final class Checks {

    private Checks() {}

    /**
     * The source. Threads that this starts have the rights of the calling one.
     *
     * @param target whom to ask
     * @param tls how a server is known to be the one; empty: by the authorities that Java trusts
     */
    public static AccountSource of(HookTarget target, CheckSettings settings, Optional<SSLContext> tls) {
        return new Asking(
                switch (target) {
                    case HookTarget.Program program -> new ProgramCheck(program.file(), settings.timeout());
                    case HookTarget.Web web -> new WebCheck(web.uri(), settings.timeout(), tls);
                },
                settings.group());
    }
}
