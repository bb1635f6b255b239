package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.ProcessSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.server.Preflight;
import dev.zeroftpd.users.Accounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at settings and accounts that can be read as a start would, and further. One thread, one check.
 *
 * <p>Everything that a start refuses for what stands in files is a problem. What depends on the machine (a port in use, an address
 * that it doesn't have) is a warning, since the files may be meant for another one, unless the check is strict.
 */
public final class Examination {

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Examination() {}

    /**
     * Looks at all of it.
     *
     * @param accounts empty if they can't be read
     * @param strict whether to bind, to resolve names and to open homes, as a start and sessions do
     */
    public static Examination of(LoadedSettings loaded, Optional<Accounts> accounts, boolean strict) {
        Examination found = new Examination();
        Settings settings = loaded.settings();
        loaded.warnings().forEach(warning -> found.warnings.add(warning.toString()));
        found.addCertificates(settings);
        found.problems.addAll(Preflight.metricsToken(loaded));
        found.problems.addAll(Preflight.accountSource(loaded, strict));
        found.warnings.addAll(FileWarnings.of(loaded));
        accounts.ifPresent(read -> found.problems.addAll(Preflight.hooks(loaded, read)));
        accounts.ifPresent(read -> found.addAccounts(settings, read, strict));
        found.warnings.addAll(NetworkWarnings.ofPassivePorts(settings));
        found.warnings.addAll(NetworkWarnings.ofBalancers(settings));
        found.warnings.addAll(AdminWarnings.of(settings));
        if (strict) {
            found.problems.addAll(Preflight.bind(settings));
            found.warnings.addAll(NetworkWarnings.ofAnnouncedAddress(settings));
        } else {
            found.warnings.addAll(NetworkWarnings.ofListeners(settings));
        }
        return found;
    }

    private void addCertificates(Settings settings) {
        try {
            warnings.addAll(CertificateWarnings.of(Preflight.certificates(settings), Instant.now()));
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
    }

    private void addAccounts(Settings settings, Accounts accounts, boolean strict) {
        warnings.addAll(AccountWarnings.of(settings, accounts));
        warnings.addAll(HomeWarnings.of(accounts.all()));
        warnings.addAll(OwnFilesInHomes.of(settings, accounts.all()));
        warnings.addAll(FolderWarnings.of(accounts.all(), settings.process().sandbox() != ProcessSettings.Sandbox.OFF));
        if (strict) {
            problems.addAll(HomeAccess.problems(settings.users().file(), accounts));
            problems.addAll(FolderAccess.problems(settings.users().file(), accounts));
        }
    }

    /** What a start would refuse. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** What a start takes, but an operator hardly means; in lines for people. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
