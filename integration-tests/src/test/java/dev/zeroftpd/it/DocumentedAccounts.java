package dev.zeroftpd.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server with the file of accounts that docs/accounts.md prints. Stateless. */
public final class DocumentedAccounts {

    private static final String NAME = "accounts.properties";

    private static final String PLACE = "/srv/ftp";

    private static final Pattern FILE = Pattern.compile("```properties\n(# Customers.*?)```", Pattern.DOTALL);

    private DocumentedAccounts() {}

    public static String page() throws IOException {
        return Files.readString(Checkout.ROOT.resolve("docs/accounts.md"));
    }

    /** With the homes in {@code folder}, below {@code srv}, and TLS for the clients that ask for it. */
    public static ServerOptions options(Path folder) throws IOException {
        Path place = folder.resolve("srv");
        for (String home : List.of(
                "customers/acme/from-us", "customers/globex", "cameras", "partners/initech/in", "partners/hooli")) {
            Files.createDirectories(place.resolve(home));
        }
        Files.createDirectories(place.resolve("project"));
        Files.createDirectories(place.resolve("manuals"));
        Files.writeString(place.resolve("manuals/guide.pdf"), "a guide");
        Matcher file = FILE.matcher(page());
        assertThat(file.find()).isTrue();
        assertThat(file.group(1).lines().count()).isLessThanOrEqualTo(60);
        Files.writeString(folder.resolve(NAME), file.group(1).replace(PLACE, place.toString()));
        return ServerKeystore.in(folder, ServerOptions.standard())
                .with("listener.tls", "explicit")
                .with("users.file", NAME);
    }
}
