package dev.zeroftpd.server.hook;

import dev.zeroftpd.command.transfer.UploadCheck;
import dev.zeroftpd.config.HomeUri;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.hook.Hooks;
import dev.zeroftpd.hook.UploadChecks.Candidate;
import dev.zeroftpd.os.FailureReason;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import dev.zeroftpd.users.VirtualFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Puts hooks together with the accounts and the uploads that they are about. Stateless. */
public final class HookParts {

    /** A key of that many bytes can't be guessed. */
    private static final int LEAST_SECRET = 16;

    private HookParts() {}

    /**
     * What requests are signed with; empty if they aren't.
     *
     * @throws ConfigException if the file can't be read, or is too short to be a secret
     */
    public static Optional<byte[]> secret(LoadedSettings loaded) throws ConfigException {
        Optional<Path> file = loaded.settings().hooks().secretFile();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            String secret =
                    Files.readString(file.get(), StandardCharsets.ISO_8859_1).strip();
            if (secret.length() >= LEAST_SECRET) {
                return Optional.of(secret.getBytes(StandardCharsets.ISO_8859_1));
            }
            throw problem(loaded, file.get() + " has fewer than " + LEAST_SECRET + " characters");
        } catch (IOException e) {
            throw problem(loaded, file.get() + " can't be read: " + FailureReason.of(e));
        }
    }

    private static ConfigException problem(LoadedSettings loaded, String what) {
        return loaded.located(new ConfigException(
                new Problem("hook.secret-file", what, "make one, for example by: openssl rand -hex 32 -out FILE")));
    }

    /** Empty if there is no hook; then nothing of it is loaded. */
    public static Optional<Hooks> start(Settings settings, Optional<byte[]> secret, AccountUserManager users) {
        if (settings.hooks().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Hooks.start(
                settings.hooks(), settings.stateDirectory(), secret, (account, path) -> file(users, account, path)));
    }

    /** The name that a path of an account has on this machine. */
    private static Optional<Path> file(AccountUserManager users, String account, String path) {
        try {
            return users.accounts().find(account).flatMap(owner -> file(owner, path));
        } catch (InvalidPathException unspeakable) {
            return Optional.empty(); // a name that is no UTF-8
        }
    }

    /** In the folder that the path is in, the innermost; else in the home. */
    static Optional<Path> file(Account account, String path) {
        String root = account.getHomeDirectory();
        int above = 0;
        for (VirtualFolder folder : account.folders()) {
            String at = folder.at();
            if (at.length() > above && (path.equals(at) || path.startsWith(at + "/"))) {
                root = folder.root();
                above = at.length();
            }
        }
        return HomeUri.scheme(root).isEmpty() ? Optional.of(Path.of(root, path.substring(above))) : Optional.empty();
    }

    /** Empty if all uploads are published. */
    public static Optional<UploadCheck> uploadCheck(Optional<Hooks> hooks) {
        if (hooks.isEmpty()) {
            return Optional.empty();
        }
        return hooks.get()
                .uploadChecks()
                .map(checks -> (by, upload, file, ended) -> checks.judge(
                        file.map(whole -> new Candidate(by, upload.verb(), upload.path(), whole, upload.told())),
                        ended));
    }
}
