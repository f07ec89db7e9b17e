// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.BranchId;

/**
 * The id of a branch as transaction managers know it. Immutable.
 *
 * @param id as the engine knows it
 */
record JdbcXid(BranchId id) implements Xid {
    /** @throws XAException XAER_INVAL if it is null or no valid id */
    static BranchId idOf(@Nullable Xid xid) throws XAException {
        if (xid == null || xid.getGlobalTransactionId() == null || xid.getBranchQualifier() == null) {
            throw XaExceptions.invalid("Invalid Xid: must not be null");
        }
        try {
            return new BranchId(xid.getFormatId(), xid.getGlobalTransactionId(), xid.getBranchQualifier());
        } catch (IllegalArgumentException e) {
            throw XaExceptions.invalid(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public int getFormatId() {
        return id.formatId();
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return id.globalId();
    }

    @Override
    public byte[] getBranchQualifier() {
        return id.qualifier();
    }
}
