// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;

/** The one place that makes {@link XAException}s. */
final class XaExceptions {
    private XaExceptions() {}

    /** The exception for an error of the engine, which becomes its cause. */
    static XAException of(KalamException failure) {
        int code = switch (failure.code()) {
            case BRANCH_NOT_FOUND -> XAException.XAER_NOTA;
            case BRANCH_EXISTS -> XAException.XAER_DUPID;
            case BRANCH_STATE -> XAException.XAER_PROTO;
            case BRANCH_ROLLED_BACK -> rollbackCode(failure.getCause());
            case TRANSACTION_ACTIVE -> XAException.XAER_OUTSIDE;
            case CONNECTION_CLOSED, DISK_FULL, IO_ERROR -> XAException.XAER_RMFAIL;
            default -> XAException.XAER_RMERR;
        };
        XAException exception = create(code, String.valueOf(failure.getMessage()));
        exception.initCause(failure);
        return exception;
    }

    /** Why a branch was rolled back. */
    private static int rollbackCode(@Nullable Throwable cause) {
        if (!(cause instanceof KalamException reason)) {
            return XAException.XA_RBROLLBACK;
        }
        return switch (reason.code()) {
            case DEADLOCK -> XAException.XA_RBDEADLOCK;
            case SERIALIZATION_FAILURE, WRITE_CONFLICT -> XAException.XA_RBTRANSIENT;
            case QUERY_CANCELED -> XAException.XA_RBTIMEOUT;
            case DISK_FULL, IO_ERROR, LIMIT_EXCEEDED -> XAException.XA_RBOTHER;
            default -> XAException.XA_RBROLLBACK;
        };
    }

    static XAException invalid(String message) {
        return create(XAException.XAER_INVAL, message);
    }

    static XAException protocol(String message) {
        return create(XAException.XAER_PROTO, message);
    }

    static XAException notFound(String message) {
        return create(XAException.XAER_NOTA, message);
    }

    private static XAException create(int code, String message) {
        XAException exception = new XAException(message);
        exception.errorCode = code;
        return exception;
    }
}
