package dev.zeroftpd.users;

import dev.zeroftpd.rights.Rights;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.AuthorizationRequest;
import org.apache.ftpserver.usermanager.impl.WriteRequest;
import org.jspecify.annotations.Nullable;

/** Tells Apache FtpServer and its Ftplets at which paths an account may change anything. Immutable; any thread. */
record WriteByPath(Rights rights) implements Authority {

    @Override
    public boolean canAuthorize(AuthorizationRequest request) {
        return request instanceof WriteRequest;
    }

    /** {@inheritDoc} Null is the interface's word for "no". */
    @Override
    public @Nullable AuthorizationRequest authorize(AuthorizationRequest request) {
        return request instanceof WriteRequest write && rights.changeAt(write.getFile()) ? request : null;
    }
}
