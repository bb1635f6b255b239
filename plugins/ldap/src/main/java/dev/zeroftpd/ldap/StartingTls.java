package dev.zeroftpd.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;

/**
 * Encrypts a connection before anything is asked on it (RFC 4511, section 4.14). Any thread.
 *
 * <p>What fails here has nothing to do with a question, whatever the other side sends: a port that speaks TLS at once answers with an
 * alert, which is read as a broken LDAP message or as an end, by chance. So it is always {@link ResultCode#CONNECT_ERROR}.
 */
final class StartingTls implements PostConnectProcessor {

    private final PostConnectProcessor starting;

    StartingTls(NamedSockets sockets) {
        this.starting = new StartTLSPostConnectProcessor(sockets);
    }

    @Override
    public void processPreAuthenticatedConnection(LDAPConnection connection) throws LDAPException {
        try {
            starting.processPreAuthenticatedConnection(connection);
        } catch (LDAPException e) {
            throw new LDAPException(ResultCode.CONNECT_ERROR, e.getMessage(), e);
        }
    }

    @Override
    public void processPostAuthenticatedConnection(LDAPConnection connection) throws LDAPException {
        starting.processPostAuthenticatedConnection(connection);
    }
}
