-- The tables that users.source=sql reads. Run it as the owner of the database; it changes nothing that is there already.
--
-- FTP_USER has the columns of Apache FtpServer's table. A table that its DbUserManager has used works as it is; in this one, passwords
-- of any form fit, and what a column leaves out (NULL), the groups of the account say, or the default.

CREATE TABLE IF NOT EXISTS FTP_USER (
    userid          VARCHAR(128) PRIMARY KEY CHECK (userid <> ''),
    userpassword    TEXT,                            -- as in users.properties; rather an $argon2id$ hash than anything else
    homedirectory   TEXT,
    enableflag      BOOLEAN NOT NULL DEFAULT TRUE,
    writepermission BOOLEAN,
    idletime        INT,                             -- seconds
    uploadrate      INT,                             -- bytes a second
    downloadrate    INT,
    maxloginnumber  INT,
    maxloginperip   INT
);

-- Every other key of an account, as behind ftpserver.user.NAME. in users.properties: groups, permissions, permissions./incoming,
-- folder./shared, quota-bytes, allow-from, expires, tls and so on.
CREATE TABLE IF NOT EXISTS FTP_USER_KEY (
    userid VARCHAR(128) NOT NULL REFERENCES FTP_USER ON UPDATE CASCADE ON DELETE CASCADE,
    name   TEXT NOT NULL CHECK (name NOT IN (
               'userid', 'userpassword', 'homedirectory', 'enableflag', 'writepermission',
               'idletime', 'uploadrate', 'downloadrate', 'maxloginnumber', 'maxloginperip')),
    value  TEXT NOT NULL,
    PRIMARY KEY (userid, name)
);
