package dev.zeroftpd.operator;

import dev.zeroftpd.config.reader.ConfigException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the file of accounts for an operator, or says why nothing was done. Stateless; any thread. */
final class AccountEdit {

    private static final Logger LOG = LoggerFactory.getLogger(AccountEdit.class);

    private AccountEdit() {}

    /** A change of the file, whole or not at all. */
    interface Change {
        void run() throws ConfigException, IOException;
    }

    /** @param verb of {@code ftpd user}, which does the same without the server */
    static void run(Change change, String verb) throws Refused {
        try {
            change.run();
        } catch (ConfigException e) {
            throw Refused.because("nothing was done: " + e.getMessage());
        } catch (IOException e) {
            LOG.debug("The accounts can't be written", e);
            throw Refused.because(
                    "nothing was done: the server can't write the accounts; \"ftpd user " + verb + "\" may do it");
        }
    }
}
