package dev.zeroftpd.users.migration;

import dev.zeroftpd.config.reader.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of accounts that can be read. Immutable; any thread. */
public enum ForeignFormat {
    /** The text that vsftpd's virtual users are made of (db_load, pam_userdb): names and passwords line by line. */
    VSFTPD {
        @Override
        List<ForeignAccount> read(Path file, Optional<Path> shadow) throws ConfigException {
            return PairLines.read(file);
        }
    },
    /** An AuthUserFile, as ftpasswd makes it: passwd(5) with the hashes in it. */
    PROFTPD {
        @Override
        List<ForeignAccount> read(Path file, Optional<Path> shadow) throws ConfigException {
            return PasswdLines.virtual(file);
        }
    },
    /** A pureftpd.passwd, as pure-pw makes it. */
    PUREFTPD {
        @Override
        List<ForeignAccount> read(Path file, Optional<Path> shadow) throws ConfigException {
            return PureFtpdLines.read(file);
        }
    },
    /** What SFTPGo's dumpdata and its backup write. */
    SFTPGO {
        @Override
        List<ForeignAccount> read(Path file, Optional<Path> shadow) throws ConfigException {
            return SftpgoDump.read(file);
        }
    },
    /** A system's passwd(5), with a shadow(5) for the hashes. */
    PASSWD {
        @Override
        List<ForeignAccount> read(Path file, Optional<Path> shadow) throws ConfigException {
            return PasswdLines.ofSystem(file, shadow);
        }
    };

    abstract List<ForeignAccount> read(Path file, Optional<Path> shadow) throws ConfigException;
}
