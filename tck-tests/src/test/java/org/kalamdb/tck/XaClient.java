// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.kalamdb.jdbc.KalamDataSource;

/** A connection that takes part in global transactions, and what a transaction manager says to it. */
final class XaClient implements AutoCloseable {
    private final XAConnection connection;
    private final XAResource resource;
    private Client client;

    XaClient(String url) throws SQLException {
        KalamDataSource source = new KalamDataSource();
        source.setUrl(url);
        this.connection = source.getXAConnection();
        this.resource = connection.getXAResource();
        this.client = new Client(connection.getConnection());
    }

    XAConnection connection() {
        return connection;
    }

    XAResource resource() {
        return resource;
    }

    /** The connection that statements are run on. */
    Client client() {
        return client;
    }

    /** Asks for another connection, as a pool does for its next user. */
    void renew() throws SQLException {
        client = new Client(connection.getConnection());
    }

    /** Runs statements as a branch and ends the work for it. */
    void work(Xid xid, String... statements) throws SQLException, XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
        client.run(statements);
        resource.end(xid, XAResource.TMSUCCESS);
    }

    /** Runs statements as a branch that is then prepared. */
    void prepare(Xid xid, String... statements) throws SQLException, XAException {
        work(xid, statements);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
    }

    /** What the database says is in doubt. */
    List<Xid> inDoubt() throws XAException {
        return Arrays.stream(resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                .map(XaClient::copy)
                .toList();
    }

    /** The code that a call fails with; it must. */
    static int failure(ThrowingCallable call) {
        XAException failure = catchThrowableOfType(XAException.class, call);
        assertThat((Throwable) failure).as("the call must fail").isNotNull();
        return failure.errorCode;
    }

    /** The branch of a transaction that is told from others by a number. */
    static Xid xid(int number) {
        return new TestXid(
                7,
                ByteBuffer.wrap(ByteBuffer.allocate(4).putInt(number).array()),
                ByteBuffer.wrap(new byte[] {1, (byte) 0xff}));
    }

    private static Xid copy(Xid xid) {
        return new TestXid(
                xid.getFormatId(),
                ByteBuffer.wrap(xid.getGlobalTransactionId()),
                ByteBuffer.wrap(xid.getBranchQualifier()));
    }

    private record TestXid(int format, ByteBuffer global, ByteBuffer branch) implements Xid {
        @Override
        public int getFormatId() {
            return format;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return global.array().clone();
        }

        @Override
        public byte[] getBranchQualifier() {
            return branch.array().clone();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
