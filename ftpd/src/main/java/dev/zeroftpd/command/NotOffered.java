package dev.zeroftpd.command;

import dev.zeroftpd.command.verb.Verb;
import java.util.List;

/** Verbs from standards and drafts that we refuse on purpose, each with its reason. Stateless. */
final class NotOffered {

    private static final String WHOLE_CONNECTION = "TLS protects the whole connection, not single messages.";

    private NotOffered() {}

    static List<Verb> all() {
        return List.of(
                Verb.refused("SMNT", "There is nothing to mount."),
                Verb.refused("MFCT", "A file's creation time cannot be changed."),
                Verb.refused("MMD5", "Use HASH instead."),
                Verb.refused("ADAT", "AUTH TLS needs no further data.").beforeTls(),
                Verb.refused("MIC", WHOLE_CONNECTION).beforeTls(),
                Verb.refused("CONF", WHOLE_CONNECTION).beforeTls(),
                Verb.refused("ENC", WHOLE_CONNECTION).beforeTls(),
                Verb.refused("LPRT", "Use EPRT instead."),
                Verb.refused("LPSV", "Use EPSV instead."));
    }
}
