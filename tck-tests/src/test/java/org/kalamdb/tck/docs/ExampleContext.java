// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.docs;

import java.nio.channels.SeekableByteChannel;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.transaction.xa.Xid;
import org.apache.calcite.jdbc.CalciteConnection;
import org.jspecify.annotations.Nullable;
import org.kalamdb.jdbc.KalamDataSource;

/** What examples use without saying where it comes from. Confined to one thread. */
public abstract class ExampleContext implements AutoCloseable {
    /** A connection to the database. */
    protected @Nullable Connection connection;

    /** A data source of the database. */
    protected @Nullable KalamDataSource dataSource;

    /** The name of a branch of a global transaction. */
    protected @Nullable Xid xid;

    /** A connection to a Calcite of the application. */
    protected @Nullable CalciteConnection calciteConnection;

    /** A file of record batches. */
    protected @Nullable SeekableByteChannel channel;

    /** Runs the example. */
    public abstract void run() throws Exception;

    final void open(Connection open, String url) throws SQLException {
        connection = open;
        dataSource = new KalamDataSource();
        dataSource.setUrl(url);
        xid = new ExampleXid();
        calciteConnection = DriverManager.getConnection("jdbc:calcite:").unwrap(CalciteConnection.class);
    }

    @Override
    public final void close() throws SQLException {
        if (calciteConnection != null) {
            calciteConnection.close();
        }
    }

    private static final class ExampleXid implements Xid {
        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {2};
        }
    }
}
